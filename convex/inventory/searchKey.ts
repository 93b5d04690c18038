/** How names, part numbers and buyers are stored to be searched by their beginnings, letters big or small alike. */
export function searchKeyOf(text: string): string {
  return text.trim().toLowerCase();
}

/** Put behind a prefix, it sorts after every text that begins so: the end of an index range. */
export const AFTER_PREFIX = "\uffff";
