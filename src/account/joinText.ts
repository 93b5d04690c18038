/** All text about getting into a store: by an invitation, or by creating one. */
import { words } from "../language/language";

export const joinText = words({
  en: {
    invited: "You are invited to a store",
    /** Who invites, the store and the role stand between these; without the first, `youAreInvited` stands at the beginning. */
    youAreInvited: "You are invited to ",
    invitesYou: " invites you to ",
    beforeRole: ", as ",
    afterRole: ".",
    linkWorks: (until: string) => `The link works once, until ${until}.`,
    joinAs: (email: string | null) => `You join as ${email ?? "an account without e-mail"}.`,
    join: "Join the store",
    notNow: "Not now",
    goOn: "Go on without it",
    nameStore: "Name your store",
    next: "Next you connect it to BrickLink, and its orders appear here as buyers place them.",
    storeName: "Store name",
    noStoreName: "Enter your store's name, as buyers know it.",
    createStore: "Create store",
    signedInAs: (email: string | null) =>
      `Signed in as ${email ?? "an account without e-mail"}. To join a store that exists, ask its owner.`,
    signOut: "Sign out",
  },
  de: {
    invited: "Einladung in einen Shop",
    youAreInvited: "Sie sind eingeladen in den Shop ",
    invitesYou: " lädt Sie ein in den Shop ",
    beforeRole: ". Ihre Rolle: ",
    afterRole: ".",
    linkWorks: (until) => `Der Link gilt einmal, bis ${until}.`,
    joinAs: (email) =>
      email === null ? "Sie treten mit einem Konto ohne E-Mail-Adresse bei." : `Sie treten als ${email} bei.`,
    join: "Dem Shop beitreten",
    notNow: "Jetzt nicht",
    goOn: "Ohne Einladung weiter",
    nameStore: "Wie heißt Ihr Shop?",
    next: "Danach verbinden Sie ihn mit BrickLink, und seine Bestellungen erscheinen hier, sobald sie eingehen.",
    storeName: "Name des Shops",
    noStoreName: "Geben Sie den Namen Ihres Shops ein, wie Käufer ihn kennen.",
    createStore: "Shop anlegen",
    signedInAs: (email) =>
      `${email === null ? "Angemeldet mit einem Konto ohne E-Mail-Adresse." : `Angemeldet als ${email}.`} Um einem bestehenden Shop beizutreten, fragen Sie dessen Inhaber.`,
    signOut: "Abmelden",
  },
});
