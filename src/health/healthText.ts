/** All text of the health screen, apart from its cards' own and what the strip says too. */
import { locale, words } from "../language/language";

export const healthText = words({
  en: {
    checks: "Checks",
    tones: { good: "Well:", warn: "Look at this:", bad: "Wrong:" },
    calls: (count: number, limit: number) =>
      `${count.toLocaleString(locale)} of ${limit.toLocaleString(locale)} BrickLink calls in the last 24 hours`,
    callsUsed: "BrickLink calls used",
  },
  de: {
    checks: "Prüfungen",
    tones: { good: "In Ordnung:", warn: "Bitte ansehen:", bad: "Nicht in Ordnung:" },
    calls: (count, limit) =>
      `${count.toLocaleString(locale)} von ${limit.toLocaleString(locale)} BrickLink-Aufrufen in den letzten 24 Stunden`,
    callsUsed: "Verbrauchte BrickLink-Aufrufe",
  },
});
