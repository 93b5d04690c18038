/** What is wrong with an entry of a form and what to enter instead, said instead of the browser's own messages; null when it is right. */
import { words } from "../language/language";

/** Characters of a new password, at least. The server has it too; see convex/accounts/passwords.ts. */
const PASSWORD_LENGTH_MIN = 10;

const fieldText = words({
  en: {
    noEmail: "Enter your e-mail address.",
    badEmail: "This is not a whole e-mail address. It has an @ in the middle, as in ann@example.com.",
    noPassword: "Enter your password.",
    noCurrentPassword: "Enter your current password.",
    shortPassword: (length: number) =>
      `Choose a password of at least ${PASSWORD_LENGTH_MIN} characters. This one has ${length}.`,
  },
  de: {
    noEmail: "Geben Sie Ihre E-Mail-Adresse ein.",
    badEmail:
      "Das ist keine vollständige E-Mail-Adresse. Sie hat in der Mitte ein @, wie bei anna@example.com.",
    noPassword: "Geben Sie Ihr Passwort ein.",
    noCurrentPassword: "Geben Sie Ihr aktuelles Passwort ein.",
    shortPassword: (length) =>
      `Wählen Sie ein Passwort mit mindestens ${PASSWORD_LENGTH_MIN} Zeichen. Dieses hat ${length}.`,
  },
});

export function emailError(email: string): string | null {
  if (email.trim() === "") return fieldText.noEmail;
  return /^[^\s@]+@[^\s@]+$/.test(email.trim()) ? null : fieldText.badEmail;
}

export function passwordError(password: string): string | null {
  return password === "" ? fieldText.noPassword : null;
}

export function currentPasswordError(password: string): string | null {
  return password === "" ? fieldText.noCurrentPassword : null;
}

export function newPasswordError(password: string): string | null {
  return password.length >= PASSWORD_LENGTH_MIN ? null : fieldText.shortPassword(password.length);
}

/** `sentence`: what to enter, said where nothing was. */
export function missingError(text: string, sentence: string): string | null {
  return text.trim() === "" ? sentence : null;
}
