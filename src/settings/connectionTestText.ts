/** All text about a failed connection test, except the failure itself, which problemText words. By failure code. */
import { words } from "../language/language";

const advice = words({
  en: {
    byCode: {
      auth: "Most often one of the four keys was copied short or belongs to another token. Enter all four again. During BrickLink's maintenance correct keys are refused too: then it passes by itself.",
      forbidden:
        "The keys are known but may not do this. Check that the seller account's store is open and in good standing.",
      unreachable: "This server could not reach BrickLink. Check its own connection, then test again.",
      timeout: "BrickLink took too long to answer. Test again in a minute.",
      unavailable: "BrickLink is down or under maintenance. Nothing is wrong here: test again later.",
      rateLimited:
        "The day's calls are used up, perhaps by another tool with the same keys. Test again tomorrow.",
      malformed:
        "BrickLink answered something that could not be read. Test again; if it lasts, tell whoever runs this server.",
      notFound:
        "BrickLink does not know the address asked. Test again; if it lasts, tell whoever runs this server.",
      rejected: "BrickLink refused the request. Test again; if it lasts, enter the keys again.",
    },
    other: "Test again. If it lasts, enter the keys again.",
  },
  de: {
    byCode: {
      auth: "Meist wurde einer der vier Schlüssel unvollständig kopiert oder gehört zu einem anderen Token. Geben Sie alle vier neu ein. Während einer Wartung lehnt BrickLink auch richtige Schlüssel ab: Dann gibt es sich von selbst.",
      forbidden:
        "Die Schlüssel sind bekannt, dürfen das aber nicht. Prüfen Sie, ob der Shop des Verkäuferkontos geöffnet und nicht eingeschränkt ist.",
      unreachable:
        "Dieser Server konnte BrickLink nicht erreichen. Prüfen Sie seine eigene Verbindung, und testen Sie dann noch einmal.",
      timeout: "BrickLink hat zu lange nicht geantwortet. Testen Sie in einer Minute noch einmal.",
      unavailable:
        "BrickLink ist gestört oder wird gewartet. Hier ist alles in Ordnung: Testen Sie später noch einmal.",
      rateLimited:
        "Die Aufrufe dieses Tages sind verbraucht, vielleicht durch ein anderes Programm mit denselben Schlüsseln. Testen Sie morgen noch einmal.",
      malformed:
        "BrickLink hat etwas geantwortet, das sich nicht lesen ließ. Testen Sie noch einmal; wenn es so bleibt, melden Sie es dem Betreiber dieses Servers.",
      notFound:
        "BrickLink kennt die abgefragte Adresse nicht. Testen Sie noch einmal; wenn es so bleibt, melden Sie es dem Betreiber dieses Servers.",
      rejected:
        "BrickLink hat die Anfrage abgelehnt. Testen Sie noch einmal; wenn es so bleibt, geben Sie die Schlüssel neu ein.",
    },
    other: "Testen Sie noch einmal. Wenn es so bleibt, geben Sie die Schlüssel neu ein.",
  },
});

const adviceByCode: Record<string, string> = advice.byCode;

/** What the failure most likely means, and what to do about it. */
export function connectionTestAdvice(code: string): string {
  return adviceByCode[code] ?? advice.other;
}
