/** The store that a person of several works in, remembered on this device. */
const CHOSEN_STORE = "chosen-store";

export function chosenStore(): string | null {
  return localStorage.getItem(CHOSEN_STORE);
}

export function rememberStore(businessAccountId: string): void {
  localStorage.setItem(CHOSEN_STORE, businessAccountId);
}
