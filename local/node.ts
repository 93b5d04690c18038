/** The oldest supported version of Node (package.json, "engines"). */
const MINIMUM_VERSION = [20, 19] as const;

/** Exits with code 1 and an explanation when Node is too old. */
export function requireNode(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [minimumMajor, minimumMinor] = MINIMUM_VERSION;
  const isSupported = major > minimumMajor || (major === minimumMajor && minor >= minimumMinor);
  if (isSupported) return;
  process.stderr.write(
    `This needs Node ${MINIMUM_VERSION.join(".")} or newer; you have ${version}. Install it from nodejs.org.\n`,
  );
  process.exit(1);
}
