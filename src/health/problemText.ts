/** All text about failures of BrickLink: what went wrong and why a store waits. */
import { words } from "../language/language";
import { formatCount } from "../ui/formatCount";

/** A failure as the backend reports it. The codes are those of convex/marketplaces/bricklink/api/failure.ts. */
export type Problem = { code: string; detail?: string; count?: number };

const problemWords = words({
  en: {
    sentences: {
      unreachable: "BrickLink could not be reached.",
      timeout: "BrickLink did not answer in time.",
      unavailable: "BrickLink is down or under maintenance.",
      rateLimited: "BrickLink says that this store has made too many calls.",
      unrecognized:
        "The answer was not BrickLink's. It may be under maintenance, or something on the way answered for it.",
      malformed: "BrickLink's answer could not be read.",
      auth: "BrickLink does not accept the keys. If this lasts, check all four in Settings; during maintenance it passes.",
      authAddress: "BrickLink refuses this address. Register the token for IP 0.0.0.0 with mask 0.0.0.0.",
      authClock: "BrickLink says that the request is out of date. Check this server's clock.",
      forbidden: "BrickLink does not let this store see it.",
      notFound: "BrickLink does not have it.",
      rejected: "BrickLink refused the request.",
      orderMissing: "Its order is not stored here yet, and is being fetched.",
      internal: "It failed because of an error in this program, which the server's log describes.",
    },
    other: "BrickLink could not be used.",
    crashed: (count: number) =>
      `The work stopped without an answer ${count === 1 ? "once" : `${count} times`}. Retry it, and report it if this lasts.`,
    unreadableNotifications: (count: number) =>
      `BrickLink sent ${formatCount(count, "notification")} that could not be read. The comparison of the order lists finds their orders.`,
    unreadableOrders: (count: number) =>
      `BrickLink's list has ${formatCount(count, "order")} that could not be read. Their callbacks still bring them in. Please report it.`,
    outOfCalls:
      "The day's calls to BrickLink are used up, so orders are fetched later, as soon as some are free. No order is lost.",
    circuitOpen: (failures: number) =>
      `BrickLink has failed ${failures === 1 ? "once" : `${failures} times in a row`}, so this store waits and tries again by itself. No order is lost.`,
  },
  de: {
    sentences: {
      unreachable: "BrickLink war nicht erreichbar.",
      timeout: "BrickLink hat nicht rechtzeitig geantwortet.",
      unavailable: "BrickLink ist ausgefallen oder wird gewartet.",
      rateLimited: "Laut BrickLink hat dieser Shop zu viele Aufrufe gemacht.",
      unrecognized:
        "Die Antwort kam nicht von BrickLink. Vielleicht wird es gewartet, oder etwas auf dem Weg hat an seiner Stelle geantwortet.",
      malformed: "Die Antwort von BrickLink war nicht lesbar.",
      auth: "BrickLink nimmt die Schlüssel nicht an. Wenn das anhält, prüfen Sie alle vier in den Einstellungen; während einer Wartung geht es vorbei.",
      authAddress:
        "BrickLink lehnt diese Adresse ab. Registrieren Sie das Token für die IP 0.0.0.0 mit der Maske 0.0.0.0.",
      authClock: "Laut BrickLink ist die Anfrage veraltet. Prüfen Sie die Uhr dieses Servers.",
      forbidden: "BrickLink zeigt es diesem Shop nicht.",
      notFound: "Bei BrickLink gibt es das nicht.",
      rejected: "BrickLink hat die Anfrage abgelehnt.",
      orderMissing: "Die Bestellung dazu ist hier noch nicht gespeichert und wird gerade geholt.",
      internal:
        "Es ist an einem Fehler in diesem Programm gescheitert, der im Log des Servers beschrieben ist.",
    },
    other: "BrickLink war nicht nutzbar.",
    crashed: (count) =>
      `Die Arbeit ist ${count === 1 ? "einmal" : `${count}-mal`} ohne Antwort stehen geblieben. Versuchen Sie es erneut, und melden Sie es, wenn das anhält.`,
    unreadableNotifications: (count) =>
      `BrickLink hat ${formatCount(count, "unlesbare Benachrichtigung", "unlesbare Benachrichtigungen")} geschickt. Der Abgleich der Bestelllisten findet die Bestellungen dazu.`,
    unreadableOrders: (count) =>
      `Die Liste von BrickLink enthält ${formatCount(count, "unlesbare Bestellung", "unlesbare Bestellungen")}. Callbacks bringen sie trotzdem herein. Bitte melden Sie das.`,
    outOfCalls:
      "Die Aufrufe dieses Tages an BrickLink sind aufgebraucht. Bestellungen werden später geholt, sobald wieder Aufrufe frei sind. Keine Bestellung geht verloren.",
    circuitOpen: (failures) =>
      `Bei BrickLink ist es ${failures === 1 ? "einmal" : `${failures}-mal in Folge`} fehlgeschlagen. Deshalb wartet dieser Shop und versucht es von selbst erneut. Keine Bestellung geht verloren.`,
  },
});

const sentences: Record<string, string> = problemWords.sentences;

/** What went wrong, followed by BrickLink's own message in brackets where it sent one. */
export function problemText({ code, detail, count = 0 }: Problem): string {
  switch (code) {
    case "crashed":
    case "unreadableNotifications":
    case "unreadableOrders":
      return problemWords[code](count);
  }
  const sentence = sentences[code] ?? problemWords.other;
  return detail === undefined ? sentence : `${sentence} (${detail})`;
}

type Pause = { reason: "circuitOpen"; failures: number } | { reason: "outOfCalls" };

/** Why the store makes no calls to BrickLink for now. */
export function pauseText(pause: Pause): string {
  return pause.reason === "outOfCalls" ? problemWords.outOfCalls : problemWords.circuitOpen(pause.failures);
}
