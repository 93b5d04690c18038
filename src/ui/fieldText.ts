/** What is wrong with an entry of a form and what to enter instead, said instead of the browser's own messages; null when it is right. */

/** Characters of a new password, at least. The server has it too; see convex/accounts/passwords.ts. */
const PASSWORD_LENGTH_MIN = 10;

export function emailError(email: string): string | null {
  if (email.trim() === "") return "Enter your e-mail address.";
  if (/^[^\s@]+@[^\s@]+$/.test(email.trim())) return null;
  return "This is not a whole e-mail address. It has an @ in the middle, as in ann@example.com.";
}

/** `whose`: "your password" or "your current password". */
export function passwordError(password: string, whose = "your password"): string | null {
  return password === "" ? `Enter ${whose}.` : null;
}

export function newPasswordError(password: string): string | null {
  if (password.length >= PASSWORD_LENGTH_MIN) return null;
  return `Choose a password of at least ${PASSWORD_LENGTH_MIN} characters. This one has ${password.length}.`;
}

/** `sentence`: what to enter, said where nothing was. */
export function missingError(text: string, sentence: string): string | null {
  return text.trim() === "" ? sentence : null;
}
