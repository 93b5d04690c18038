/** The name by which inventory/, which knows no marketplace, keeps a BrickLink lot. */
const PREFIX = "bricklink:";

export function sourceLotIdOf(lotId: number): string {
  return `${PREFIX}${lotId}`;
}

/** BrickLink's lot id; undefined when the lot is not BrickLink's. */
export function lotIdOf(sourceLotId: string | undefined): number | undefined {
  return sourceLotId?.startsWith(PREFIX) === true ? Number(sourceLotId.slice(PREFIX.length)) : undefined;
}
