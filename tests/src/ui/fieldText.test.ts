import { expect, it } from "vitest";
import {
  currentPasswordError,
  emailError,
  missingError,
  newPasswordError,
  passwordError,
} from "../../../src/ui/fieldText";

it("an e-mail address is asked for where there is none, and what makes one whole is said where it is not", () => {
  expect(emailError(" ")).toBe("Enter your e-mail address.");
  expect(emailError("ann")).toContain("as in ann@example.com");
  expect(emailError("ann@example.com")).toBeNull();
});

it("a new password says how long it must be and how long it is, and a password in use only that it is missing", () => {
  expect(newPasswordError("short")).toContain("at least 10 characters. This one has 5.");
  expect(newPasswordError("four words in a row")).toBeNull();
  expect(currentPasswordError("")).toBe("Enter your current password.");
  expect(passwordError("short")).toBeNull();
});

it("a text of blanks counts as missing", () => {
  expect(missingError("  ", "Enter a name.")).toBe("Enter a name.");
  expect(missingError("Angry Bricks", "Enter a name.")).toBeNull();
});
