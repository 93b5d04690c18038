/** All text of the page that signs in or creates an account. */
import { words } from "../language/language";

export const signInText = words({
  en: {
    flows: {
      signIn: {
        title: "Sign in",
        button: "Sign in",
        switchFlow: "Create an account",
        error: "E-mail and password do not match an account here.",
      },
      signUp: {
        title: "Create an account",
        button: "Create account",
        switchFlow: "I have an account",
        error: "That account could not be made. If you have one already, sign in.",
      },
    },
    about:
      "The orders of a BrickLink store as its staff work on them: what to pick, from which bin, and what is in stock.",
    belongs: "It belongs to whoever gave you this address, not to BrickLink.",
    invented: "The demo store is invented: its buyers, orders and stock are not real.",
    accountNeeded: "To join, you need an account here.",
    openDemo: "Open the demo store",
    ownAccount: "or with your own account",
    email: "E-mail",
    password: "Password",
    invitedOnly: "New accounts are for invited people only. Ask the owner of your store for an invitation.",
  },
  de: {
    flows: {
      signIn: {
        title: "Anmelden",
        button: "Anmelden",
        switchFlow: "Konto anlegen",
        error: "E-Mail und Passwort passen zu keinem Konto hier.",
      },
      signUp: {
        title: "Konto anlegen",
        button: "Konto anlegen",
        switchFlow: "Ich habe ein Konto",
        error:
          "Das Konto konnte nicht angelegt werden. Wenn Sie schon eines haben, melden Sie sich damit an.",
      },
    },
    about:
      "Hier werden die Bestellungen eines BrickLink-Shops bearbeitet: was zu picken ist, aus welchem Fach und was auf Lager ist.",
    belongs: "Diese Seite betreibt nicht BrickLink, sondern wer Ihnen die Adresse gegeben hat.",
    invented: "Der Demo-Shop ist erfunden: Käufer, Bestellungen und Bestand sind nicht echt.",
    accountNeeded: "Um beizutreten, brauchen Sie hier ein Konto.",
    openDemo: "Demo-Shop öffnen",
    ownAccount: "oder mit Ihrem eigenen Konto",
    email: "E-Mail",
    password: "Passwort",
    invitedOnly: "Neue Konten gibt es nur auf Einladung. Bitten Sie den Inhaber Ihres Shops um eine.",
  },
});
