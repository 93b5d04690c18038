/** All text of the screen of bin labels. On the labels themselves is only the bin. */
import { words } from "../language/language";
import { formatCount } from "../ui/formatCount";

export const labelsText = words({
  en: {
    title: "Bin labels",
    prefix: "Bins that begin with",
    prefixExample: "Bin, e.g. A01",
    print: (sheets: number) => `Print ${formatCount(sheets, "sheet")}`,
    next: "Next sheets",
    hint: "A4, 3 × 8 labels of 70 × 36 mm. Print at 100%, without the browser's headers. Scanning a label on a walk goes to its stop.",
    noBin: "No bin begins with this.",
    lots: "Lots and their bins",
    sheet: (bin: string | undefined) => `Sheet from ${bin}`,
    code: (bin: string) => `Code of ${bin}`,
  },
  de: {
    title: "Fachetiketten",
    prefix: "Fächer, die beginnen mit",
    prefixExample: "Fach, z. B. A01",
    print: (sheets) => `${formatCount(sheets, "Bogen", "Bögen")} drucken`,
    next: "Nächste Bögen",
    hint: "A4, 3 × 8 Etiketten zu je 70 × 36 mm. Drucken Sie mit 100 %, ohne die Kopfzeilen des Browsers. Wer auf einem Rundgang ein Etikett scannt, kommt zu dessen Station.",
    noBin: "Kein Fach beginnt so.",
    lots: "Lots und ihre Fächer",
    sheet: (bin) => `Bogen ab ${bin}`,
    code: (bin) => `Code von ${bin}`,
  },
});
