import { useState } from "react";

/** What is wrong with each field of a form by the field's name; null for a field that is right. */
export type FieldErrors = Record<string, string | null>;

export type FormCheck = {
  /** The message at a field; null while there is none. */
  errorOf: (name: string) => string | null;
  /**
   * Shows what is wrong and moves the focus to the first field of which something is. Returns whether everything is right. The form
   * needs `noValidate`: otherwise the browser says it first, in its own words and language.
   */
  check: (form: HTMLFormElement, errors: FieldErrors) => boolean;
  /** Removes all messages, when the person begins to mend what they are about. */
  clear: () => void;
};

/** The messages of a form's fields, which appear when it is submitted. */
export function useFieldErrors(): FormCheck {
  const [errors, setErrors] = useState<FieldErrors>({});
  return {
    errorOf: (name) => errors[name] ?? null,
    check: (form, found) => {
      setErrors(found);
      const [wrong] = Object.keys(found).filter((name) => found[name] !== null);
      if (wrong === undefined) return true;
      const field = form.elements.namedItem(wrong);
      if (field instanceof HTMLElement) field.focus();
      return false;
    },
    clear: () => setErrors({}),
  };
}
