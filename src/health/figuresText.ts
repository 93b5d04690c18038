/** All text of the figures behind the health strip: how orders come in. */
import { locale, words } from "../language/language";

export const figuresText = words({
  en: {
    lastCallback: "Last callback",
    noCallback: "none yet",
    lastPoll: "Last poll",
    noPoll: "none yet",
    waiting: "Waiting",
    over: (count: number) => `over ${count}`,
    calls: "BrickLink calls in 24 hours",
    ofLimit: (count: number, limit: number) =>
      `${count.toLocaleString(locale)} of ${limit.toLocaleString(locale)}`,
    more: "More under Health",
  },
  de: {
    lastCallback: "Letzter Callback",
    noCallback: "noch keiner",
    lastPoll: "Letzte Abfrage",
    noPoll: "noch keine",
    waiting: "Wartend",
    over: (count) => `über ${count}`,
    calls: "BrickLink-Aufrufe in 24 Stunden",
    ofLimit: (count, limit) => `${count.toLocaleString(locale)} von ${limit.toLocaleString(locale)}`,
    more: "Mehr unter „System“",
  },
});
