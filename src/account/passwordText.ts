/** All text about passwords: how to get a link to a new one, and choosing it. */
import { words } from "../language/language";

export const passwordText = words({
  en: {
    forgotten: "Forgot your password?",
    /** Before and after the name of that button, `button`. */
    askOwner: {
      before: "Ask an owner of your store for a link: in Settings, under People, they press ",
      button: "New password",
      after: " beside your name and send you the link.",
    },
    onlyOwner: "If you are the only owner, whoever runs this service can make one. Its SECURITY.md says how.",
    backToSignIn: "Back to signing in",
    byEmail: "We send you a link with which you choose a new one.",
    email: "E-mail",
    sendLink: "Send the link",
    linkSent: (email: string) =>
      `If ${email} has an account here, the link is on its way. It works for an hour; look into the folder for unwanted mail too.`,
    chooseNew: "Choose a new password",
    devicesSignedOut: "Devices on which you are signed in are signed out.",
    newPassword: "New password",
    lengthRule: "At least 10 characters",
    saveAndSignIn: "Save and sign in",
    notNow: "Not now",
  },
  de: {
    forgotten: "Passwort vergessen?",
    askOwner: {
      before:
        "Bitten Sie einen Inhaber Ihres Shops um einen Link: In den Einstellungen unter „Mitglieder“ gibt es neben Ihrem Namen den Knopf ",
      button: "Neues Passwort",
      after: ", der ihn erstellt.",
    },
    onlyOwner:
      "Wenn nur Sie Inhaber sind, kann einen Link erstellen, wer diesen Dienst betreibt. Wie das geht, steht in der Datei SECURITY.md.",
    backToSignIn: "Zurück zur Anmeldung",
    byEmail: "Wir schicken Ihnen einen Link, mit dem Sie ein neues wählen.",
    email: "E-Mail",
    sendLink: "Link senden",
    linkSent: (email) =>
      `Wenn es zu ${email} hier ein Konto gibt, ist der Link unterwegs. Er gilt eine Stunde; sehen Sie auch im Spam-Ordner nach.`,
    chooseNew: "Neues Passwort wählen",
    devicesSignedOut: "Geräte, auf denen Sie angemeldet sind, werden abgemeldet.",
    newPassword: "Neues Passwort",
    lengthRule: "Mindestens 10 Zeichen",
    saveAndSignIn: "Speichern und anmelden",
    notNow: "Jetzt nicht",
  },
});
