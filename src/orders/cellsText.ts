/** All text of the cells of an order. */
import { words } from "../language/language";

export const cellsText = words({
  en: {
    atBricklink: (status: string) => `At BrickLink: ${status}`,
    putBack: "put back",
    sent: (pieces: number) => `${pieces} sent`,
    reserved: (pieces: number) => `${pieces} pieces reserved`,
    allReserved: (pieces: number) => `all ${pieces} pieces reserved`,
    short: (pieces: number) => `${pieces} short`,
    unmatched: (lines: number) => `${lines} unmatched`,
    paid: "Paid",
    notPaid: "Not paid",
  },
  de: {
    atBricklink: (status) => `Bei BrickLink: ${status}`,
    putBack: "zurücklegen",
    sent: (pieces) => `${pieces} versendet`,
    reserved: (pieces) => `${pieces} Stück reserviert`,
    allReserved: (pieces) => `vollständig reserviert, ${pieces} Stück`,
    short: (pieces) => (pieces === 1 ? "1 fehlt" : `${pieces} fehlen`),
    unmatched: (lines) => `${lines} ohne Lot`,
    paid: "Bezahlt",
    notPaid: "Nicht bezahlt",
  },
});
