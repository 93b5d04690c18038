/** Why a host cannot start, in a sentence that says what to do. */
export class HostError extends Error {
  constructor(
    readonly code:
      | "portInUse"
      | "folderInUse"
      | "folderUnusable"
      | "formatNewer"
      | "environmentMissing"
      | "functionsUnusable"
      | "unsupported",
    message: string,
  ) {
    super(message);
    this.name = "HostError";
  }
}
