/** The store that a member of several stores works in, remembered in this browser. */
const STORAGE_KEY = "chosen-store";

export function loadSelectedStoreId(): string | null {
  return localStorage.getItem(STORAGE_KEY);
}

export function saveSelectedStoreId(businessAccountId: string): void {
  localStorage.setItem(STORAGE_KEY, businessAccountId);
}
