/** Random buyers. Every name, address and telephone number is fictional; e-mail addresses end in example.com. */
import type { Buyer } from "./model";
import type { Random } from "../random";

const firstNames = [
  "Ada",
  "Bruno",
  "Clara",
  "Dmitri",
  "Elif",
  "Finn",
  "Greta",
  "Hugo",
  "Ines",
  "Jonas",
  "Kaja",
  "Luca",
];
const lastNames = [
  "Backstein",
  "Dubois",
  "Kowalska",
  "Lindqvist",
  "Moreau",
  "Nowak",
  "O&#39;Brick",
  "Plattner",
  "Rossi",
];
const handles = ["brickfan", "moc_works", "studs", "afol", "minifig", "greebles", "snot_builder", "technic"];

const places = [
  { countryCode: "DE", city: "Musterstadt", postalCode: "00001", street: "Steinweg", currency: "EUR" },
  { countryCode: "FR", city: "Villeneuve", postalCode: "00120", street: "Rue des Briques", currency: "EUR" },
  { countryCode: "NL", city: "Blokdam", postalCode: "0000 AB", street: "Noppenstraat", currency: "EUR" },
  // BrickLink writes UK where ISO 3166 writes GB.
  { countryCode: "UK", city: "Studley", postalCode: "ZZ1 1ZZ", street: "Plate Lane", currency: "GBP" },
  {
    countryCode: "US",
    city: "Brickville, OH",
    postalCode: "00000",
    street: "Baseplate Ave",
    currency: "USD",
  },
  { countryCode: "PL", city: "Klockowo", postalCode: "00-000", street: "ul. Klocka", currency: "PLN" },
];

export function makeBuyer(random: Random): Buyer {
  const first = random.pick(firstNames);
  const place = random.pick(places);
  const number = random.between(1, 99);
  return {
    username: `${random.pick(handles)}_${first.toLowerCase()}${number}`,
    fullName: `${first} ${random.pick(lastNames)}`,
    address1: `${place.street} ${number}`,
    city: place.city,
    postalCode: place.postalCode,
    countryCode: place.countryCode,
    // 555-01 is for fiction.
    phoneNumber: `+1 212 555 01${String(number).padStart(2, "0")}`,
    currency: place.currency,
  };
}

const messages = [
  { subject: "Shipping", body: "Hello, has my order been sent yet?" },
  { subject: null, body: "Could you pack it without plastic, please?" },
  { subject: "My address", body: "I&#39;m away next week. Can it go to my neighbour?" },
];

export function makeMessage(random: Random): { subject: string | null; body: string } {
  return random.pick(messages);
}

/** Mostly praise, as buyers leave it. `rating`: 0 praise, 1 neutral, 2 complaint. */
const feedback = [
  { rating: 0, comment: "Quick and well packed. Thank you!" },
  { rating: 0, comment: "Everything as described." },
  { rating: 0, comment: "A+++" },
  { rating: 1, comment: "Fine, but slow." },
  { rating: 2, comment: "Two pieces are missing." },
];

export function makeFeedback(random: Random): { rating: number; comment: string } {
  return random.pick(feedback);
}
