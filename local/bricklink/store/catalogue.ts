/**
 * Real part numbers, names, colour ids and category ids of BrickLink's catalogue; which of them a store lists is random.
 */
import type { Lot } from "./model";
import type { Random } from "../random";

type Part = { no: string; name: string; type: string; category: number; cents: number };

function parts(type: string, category: number, list: readonly (readonly [string, string, number])[]): Part[] {
  return list.map(([no, name, cents]) => ({ no, name, type, category, cents }));
}

const bricks = parts("PART", 5, [
  ["3001", "Brick 2 x 4", 14],
  ["3002", "Brick 2 x 3", 11],
  ["3003", "Brick 2 x 2", 8],
  ["2357", "Brick 2 x 2 Corner", 10],
  ["3004", "Brick 1 x 2", 5],
  ["3005", "Brick 1 x 1", 4],
  ["3008", "Brick 1 x 8", 16],
  ["3009", "Brick 1 x 6", 13],
  ["3010", "Brick 1 x 4", 9],
  ["3622", "Brick 1 x 3", 8],
]);
const plates = parts("PART", 26, [
  ["3020", "Plate 2 x 4", 9],
  ["3021", "Plate 2 x 3", 7],
  ["3022", "Plate 2 x 2", 6],
  ["3023", "Plate 1 x 2", 4],
  ["3024", "Plate 1 x 1", 3],
  ["3460", "Plate 1 x 8", 12],
  ["3666", "Plate 1 x 6", 9],
  ["3710", "Plate 1 x 4", 6],
  ["3795", "Plate 2 x 6", 12],
  ["3034", "Plate 2 x 8", 15],
  ["3958", "Plate 6 x 6", 38],
]);
const tiles = parts("PART", 37, [
  ["3068b", "Tile 2 x 2 with Groove", 8],
  ["3069b", "Tile 1 x 2 with Groove", 5],
  ["3070b", "Tile 1 x 1 with Groove", 4],
  ["2431", "Tile 1 x 4", 9],
  ["6636", "Tile 1 x 6", 12],
  ["87079", "Tile 2 x 4", 15],
]);
const slopes = parts("PART", 31, [
  ["3039", "Slope 45 2 x 2", 9],
  ["3040", "Slope 45 2 x 1", 6],
  ["54200", "Slope 30 1 x 1 x 2/3", 4],
  ["85984", "Slope 30 1 x 2 x 2/3", 6],
  ["3037", "Slope 45 2 x 4", 16],
]);
const technic = parts("PART", 36, [
  ["2780", "Technic, Pin with Friction Ridges Lengthwise", 3],
  ["3673", "Technic, Pin without Friction Ridges Lengthwise", 3],
  ["3706", "Technic, Axle 6L", 6],
  ["4274", "Technic, Pin 1/2", 4],
  ["32316", "Technic, Liftarm Thick 1 x 5", 11],
  ["3648b", "Technic, Gear 24 Tooth", 22],
]);
const anyColour = [...bricks, ...plates, ...tiles, ...slopes, ...technic];

const minifigs = parts("MINIFIG", 65, [
  ["sw0578", "Imperial Stormtrooper", 620],
  ["sw0585", "Clone Trooper", 740],
  ["sh0001", "Batman", 1_180],
  ["cas097", "Kingdoms - Lion Knight", 480],
  ["cty0902", "Police - City Officer", 210],
  ["hp150", "Harry Potter, Gryffindor Robe", 390],
]);
const sets = parts("SET", 65, [
  ["75325-1", "The Mandalorian&#39;s N-1 Starfighter", 9_999],
  ["75333-1", "Obi-Wan Kenobi&#39;s Jedi Starfighter", 5_999],
  ["31120-1", "Medieval Castle", 11_500],
]);
const gear = parts("GEAR", 762, [
  ["853913", "Hans Solo Key Chain", 590],
  ["5005107", "Porg Key Chain", 450],
]);

const colours: readonly (readonly [number, string])[] = [
  [1, "White"],
  [2, "Tan"],
  [3, "Yellow"],
  [4, "Orange"],
  [5, "Red"],
  [6, "Green"],
  [7, "Blue"],
  [8, "Brown"],
  [9, "Light Gray"],
  [11, "Black"],
  [12, "Trans-Clear"],
  [13, "Trans-Black"],
  [17, "Trans-Red"],
  [34, "Lime"],
  [39, "Dark Turquoise"],
  [42, "Medium Blue"],
  [47, "Dark Pink"],
  [59, "Dark Red"],
  [63, "Dark Blue"],
  [68, "Dark Orange"],
  [69, "Dark Tan"],
  [80, "Dark Green"],
  [85, "Dark Bluish Gray"],
  [86, "Light Bluish Gray"],
  [88, "Reddish Brown"],
  [110, "Bright Light Orange"],
  [150, "Medium Nougat"],
  [155, "Olive Green"],
  [156, "Medium Azure"],
];

const NO_COLOUR = [0, "(Not Applicable)"] as const;
const FIRST_LOT_ID = 408_912_000;

/** BrickLink dates lots by the day, at midnight US Eastern time. */
const LISTED_ON = "2026-03-14T04:00:00.000Z";

function bin(random: Random): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${random.pick(["A", "B", "C", "D"])}${two(random.between(1, 14))}-${two(random.between(1, 12))}`;
}

/** Some texts contain HTML entities and some do not, as in BrickLink's answers. */
const descriptions = [
  "",
  "",
  "",
  "",
  "Very good condition",
  "Don&#39;t mind light play wear :&#41;",
  "Smoke-free home",
];

function lotOf(
  random: Random,
  place: number,
  part: Part,
  colour: readonly [number, string],
  remarks: string,
): Lot {
  const isUsed = random.chance(0.25);
  const quantity = part.type === "PART" ? random.between(3, 400) : random.between(1, 6);
  return {
    inventoryId: FIRST_LOT_ID + place * 7,
    no: part.no,
    name: part.name,
    type: part.type,
    categoryId: part.category,
    colorId: colour[0],
    colorName: colour[1],
    quantity,
    newOrUsed: isUsed ? "U" : "N",
    completeness: part.type === "SET" ? (isUsed ? random.pick(["C", "B"] as const) : "S") : null,
    // In ten-thousandths, of which a cent has a hundred. Used items cost 70 % of new ones (chosen).
    unitPrice: (isUsed ? Math.ceil(part.cents * 0.7) : part.cents) * 100,
    description: random.pick(descriptions),
    remarks,
    isRetain: random.chance(0.2),
    stockRoom: null,
    dateCreated: LISTED_ON,
  };
}

/**
 * Random lots: `count` of parts (fewer when the catalogue is exhausted), and every minifigure, set and piece of gear.
 */
export function makeLots(random: Random, count: number): Lot[] {
  const lots: Lot[] = [];
  const seen = new Set<string>();
  // A draw may repeat a part and colour; the bound ends the loop when the catalogue has no more of them.
  const attempts = count * 20;
  for (let attempt = 0; attempt < attempts && lots.length < count; attempt += 1) {
    const part = random.pick(anyColour);
    const colour = random.pick(colours);
    const key = `${part.no}:${colour[0]}`;
    if (seen.has(key)) continue;
    seen.add(key);
    // A few lots have no bin, so that lines are matched by part and colour too.
    const remarks = random.chance(0.03) ? "" : bin(random);
    lots.push(lotOf(random, lots.length, part, colour, remarks));
  }
  for (const part of [...minifigs, ...sets, ...gear]) {
    lots.push(lotOf(random, lots.length, part, NO_COLOUR, part.type === "SET" ? "SHELF 1" : bin(random)));
  }
  return lots;
}
