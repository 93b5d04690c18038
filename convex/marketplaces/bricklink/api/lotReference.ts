/** How BrickLink's lots are known in the inventory, which serves several marketplaces. */
import { sourceLotIdOf } from "../../../inventory/receiving";

export const MARKETPLACE = "bricklink";

export function toSourceLotId(lotId: number): string {
  return sourceLotIdOf(MARKETPLACE, lotId);
}

/** BrickLink's id of a lot; undefined when the lot is not BrickLink's. */
export function parseSourceLotId(sourceLotId: string | undefined): number | undefined {
  const prefix = `${MARKETPLACE}:`;
  return sourceLotId?.startsWith(prefix) === true ? Number(sourceLotId.slice(prefix.length)) : undefined;
}
