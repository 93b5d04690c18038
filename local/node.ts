/** The oldest Node that everything here runs on (package.json, "engines"). */
const OLDEST = [20, 19] as const;

/** Ends the process with a sentence on an older Node. */
export function requireNode(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isOldEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  if (isOldEnough) return;
  process.stderr.write(
    `This needs Node ${OLDEST.join(".")} or newer; you have ${version}. Install it from nodejs.org.\n`,
  );
  process.exit(1);
}
