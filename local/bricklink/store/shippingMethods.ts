/** The ways of shipping that every simulated seller has set up. */
export type ShippingMethod = { id: number; name: string; isAvailable: boolean };

const offered: readonly [ShippingMethod, ...ShippingMethod[]] = [
  { id: 17_862, name: "Letter, tracked", isAvailable: true },
  { id: 17_863, name: "Small parcel", isAvailable: true },
  { id: 17_864, name: "Standard parcel", isAvailable: true },
];

export const shippingMethods: readonly ShippingMethod[] = [
  ...offered,
  { id: 17_861, name: "Letter", isAvailable: false },
];

/** The names among which buyers choose. */
export const offeredMethodNames: readonly string[] = offered.map(({ name }) => name);

export function shippingMethodOf(id: number | undefined): ShippingMethod | undefined {
  return shippingMethods.find((method) => method.id === id);
}

/** The id of the method of this name; the first one's for a name that a seller uses no longer. */
export function shippingMethodIdOf(name: string): number {
  return (shippingMethods.find((method) => method.name === name) ?? offered[0]).id;
}
