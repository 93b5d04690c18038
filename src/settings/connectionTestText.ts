/** All text about a failed connection test, except the failure itself, which problemText words. By failure code. */
const adviceByCode: Record<string, string> = {
  auth: "Most often one of the four keys was copied short or belongs to another token. Enter all four again. During BrickLink's maintenance correct keys are refused too: then it passes by itself.",
  forbidden:
    "The keys are known but may not do this. Check that the seller account's store is open and in good standing.",
  unreachable: "This server could not reach BrickLink. Check its own connection, then test again.",
  timeout: "BrickLink took too long to answer. Test again in a minute.",
  unavailable: "BrickLink is down or under maintenance. Nothing is wrong here: test again later.",
  rateLimited:
    "The day's calls are used up, perhaps by another tool with the same keys. Test again tomorrow.",
  malformed:
    "BrickLink answered something that could not be read. Test again; if it lasts, tell whoever runs this server.",
  notFound:
    "BrickLink does not know the address asked. Test again; if it lasts, tell whoever runs this server.",
  rejected: "BrickLink refused the request. Test again; if it lasts, enter the keys again.",
};

/** What the failure most likely means, and what to do about it. */
export function connectionTestAdvice(code: string): string {
  return adviceByCode[code] ?? "Test again. If it lasts, enter the keys again.";
}
