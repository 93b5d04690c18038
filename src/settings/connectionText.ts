/** All text of a store's connection to BrickLink: keys, callback URL, polling, pausing. */
import { locale, words } from "../language/language";

export const connectionText = words({
  en: {
    keys: {
      connect: "Connect BrickLink",
      title: "BrickLink keys",
      /** The first step, with a link between its two ends. */
      openPage: {
        before: "Sign in to BrickLink with your seller account and open ",
        link: "its page for API access",
        after: ".",
      },
      /** The second step, around the address and the mask. */
      addToken: {
        beforeAddress: "Add an access token for IP address ",
        beforeMask: " with mask ",
        after: ", so that it works from any address.",
      },
      copyKeys:
        "Copy the four keys into the fields below. Consumer key and secret stand at the top of that page, token value and secret in the row of the token you added.",
      saveStep: "Save. The keys are tested at once, and the callback URL for that same page appears here.",
      labels: {
        consumerKey: "Consumer key",
        consumerSecret: "Consumer secret",
        tokenValue: "Token value",
        tokenSecret: "Token secret",
      },
      missing: (label: string) => `Copy the ${label.toLowerCase()} from BrickLink's page for API access.`,
      saveAndTest: "Save and test",
      keep: "Keep the current keys",
      entered: (when: string) =>
        `Entered ${when}. They are stored encrypted, and only their last four characters are shown.`,
      test: "Test the connection",
      enterOthers: "Enter other keys",
      accepted: "BrickLink accepts the keys.",
    },
    callback: {
      title: "Callback URL",
      paste:
        "Paste this into the callback URL field on BrickLink's page for API access. It is shown only now: copy it before you leave.",
      made: (when: string) =>
        `Created ${when}. It is shown only once, for safety. If you no longer have it, make a new one. Without callbacks, orders still come in, some minutes later: BrickLink is asked as often as is set below.`,
      renew: "Make a new URL",
      renewTitle: "Make a new callback URL?",
      renewEffect: "Paste the new URL at BrickLink within a day: until then the old one works too.",
      stopNow: "Stop the old URL now",
      stopTitle: "Stop the old callback URL?",
      stopEffect:
        "Do this once the new URL is at BrickLink, or at once if somebody else may know the old one. Until the new one is there, orders come in only when BrickLink is asked for them, some minutes later.",
      stop: "Stop the old URL",
      oldWorksUntil: (until: string) => `The old URL works until ${until}.`,
    },
    poll: {
      title: "Asking BrickLink",
      about: (calls: number) =>
        `Callbacks bring orders within seconds. In case one is lost, BrickLink is also asked for what is unread. Asking more often costs more of the day's 5,000 calls: as it is set now, ${calls} of them.`,
      every: "Ask every",
      hour: "hour",
      minutes: (minutes: number) => `${minutes} minutes`,
    },
    pause: {
      title: "Pause",
      titlePaused: "Paused",
      about:
        "While a store is paused, BrickLink is not asked anything. Callbacks are kept and worked off when you resume.",
      aboutPaused: "BrickLink is not asked anything. Callbacks are kept, and worked off when you resume.",
      pauseStore: "Pause this store",
      confirmTitle: "Pause this store?",
      effect: "New orders are not fetched until you resume. Nothing is lost meanwhile.",
      pause: "Pause",
      resume: "Resume",
    },
    steps: {
      label: "Connecting, step by step",
      keys: "Keys entered, and open orders read from BrickLink",
      noCallback: "Callback URL pasted at BrickLink: no callback has come yet",
      callback: (when: string) => `Callback URL pasted at BrickLink: the latest callback came ${when}`,
      inventory: "Inventory imported, so that stock is reserved",
      done: "Done:",
      toDo: "To do:",
    },
    /** For those who are not owners. */
    states: {
      none: "BrickLink is not connected. An owner of the store can connect it here.",
      active: "BrickLink is connected. Only an owner of the store can change how.",
      paused: "This store is paused. Only an owner of the store can resume it.",
    },
  },
  de: {
    keys: {
      connect: "BrickLink verbinden",
      title: "Schlüssel für BrickLink",
      openPage: {
        before: "Melden Sie sich mit Ihrem Verkäuferkonto bei BrickLink an, und öffnen Sie dort ",
        link: "die Seite für den API-Zugang",
        after: ".",
      },
      addToken: {
        beforeAddress: "Legen Sie ein Access Token für die IP-Adresse ",
        beforeMask: " mit der Maske ",
        after: " an, damit es von jeder Adresse aus funktioniert.",
      },
      copyKeys:
        "Kopieren Sie die vier Schlüssel in die Felder unten. Consumer Key und Consumer Secret stehen oben auf jener Seite, Token Value und Token Secret in der Zeile des neuen Tokens.",
      saveStep:
        "Speichern Sie. Die Schlüssel werden sofort getestet, und hier erscheint die Callback-URL für dieselbe Seite.",
      labels: {
        consumerKey: "Consumer Key",
        consumerSecret: "Consumer Secret",
        tokenValue: "Token Value",
        tokenSecret: "Token Secret",
      },
      missing: (label) => `Kopieren Sie „${label}“ von BrickLinks Seite für den API-Zugang.`,
      saveAndTest: "Speichern und testen",
      keep: "Jetzige behalten",
      entered: (when) =>
        `Eingegeben: ${when}. Die Schlüssel sind verschlüsselt gespeichert; angezeigt werden nur ihre letzten vier Zeichen.`,
      test: "Verbindung testen",
      enterOthers: "Andere eingeben",
      accepted: "BrickLink akzeptiert die Schlüssel.",
    },
    callback: {
      title: "Callback-URL",
      paste:
        "Fügen Sie diese URL auf BrickLinks Seite für den API-Zugang in das Feld für die Callback-URL ein. Sie wird nur jetzt angezeigt: Kopieren Sie sie, bevor Sie die Seite verlassen.",
      made: (when) =>
        `Erstellt: ${when}. Zur Sicherheit wird sie nur einmal angezeigt. Wenn Sie sie nicht mehr haben, erstellen Sie eine neue. Auch ohne Callbacks gehen Bestellungen ein, nur einige Minuten später: BrickLink wird so oft abgefragt, wie unten eingestellt ist.`,
      renew: "Neue URL erstellen",
      renewTitle: "Neue Callback-URL erstellen?",
      renewEffect:
        "Fügen Sie die neue URL innerhalb eines Tages bei BrickLink ein: So lange gilt auch die alte noch.",
      stopNow: "Alte URL jetzt sperren",
      stopTitle: "Alte Callback-URL sperren?",
      stopEffect:
        "Tun Sie das, sobald die neue URL bei BrickLink steht, oder sofort, wenn jemand anders die alte kennen könnte. Bis die neue dort steht, gehen Bestellungen nur durch Abfragen ein, einige Minuten später.",
      stop: "Alte URL sperren",
      oldWorksUntil: (until) => `Die alte URL gilt bis ${until}.`,
    },
    poll: {
      title: "Abfragen bei BrickLink",
      about: (calls) =>
        `Callbacks bringen Bestellungen binnen Sekunden. Falls einer verloren geht, wird BrickLink zusätzlich regelmäßig abgefragt. Häufigere Abfragen verbrauchen mehr von den ${(5000).toLocaleString(locale)} Aufrufen am Tag: so wie jetzt eingestellt ${calls}.`,
      every: "Abfragen alle",
      hour: "60 Minuten",
      minutes: (minutes) => `${minutes} Minuten`,
    },
    pause: {
      title: "Pause",
      titlePaused: "Pausiert",
      about:
        "Während ein Shop pausiert, wird bei BrickLink nichts abgefragt. Callbacks werden aufbewahrt und abgearbeitet, wenn Sie fortsetzen.",
      aboutPaused:
        "Bei BrickLink wird nichts abgefragt. Callbacks werden aufbewahrt und abgearbeitet, wenn Sie fortsetzen.",
      pauseStore: "Shop pausieren",
      confirmTitle: "Diesen Shop pausieren?",
      effect: "Neue Bestellungen werden erst geholt, wenn Sie fortsetzen. Inzwischen geht nichts verloren.",
      pause: "Pausieren",
      resume: "Fortsetzen",
    },
    steps: {
      label: "Verbinden, Schritt für Schritt",
      keys: "Schlüssel eingegeben und offene Bestellungen von BrickLink gelesen",
      noCallback: "Callback-URL bei BrickLink eingefügt: Noch ist kein Callback gekommen",
      callback: (when) => `Callback-URL bei BrickLink eingefügt: Der letzte Callback kam ${when}`,
      inventory: "Lager importiert, damit Bestand reserviert wird",
      done: "Erledigt:",
      toDo: "Zu tun:",
    },
    states: {
      none: "BrickLink ist nicht verbunden. Ein Inhaber des Shops kann es hier verbinden.",
      active: "BrickLink ist verbunden. Nur ein Inhaber des Shops kann die Verbindung ändern.",
      paused: "Dieser Shop ist pausiert. Nur ein Inhaber des Shops kann ihn fortsetzen.",
    },
  },
});
