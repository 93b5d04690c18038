/** Why a host cannot start or do as it is told, in a sentence that says what to do. */
export class HostError extends Error {
  constructor(
    readonly code:
      | "portInUse"
      | "folderInUse"
      | "folderUnusable"
      | "formatNewer"
      | "environmentMissing"
      | "functionsUnusable"
      | "unsupported"
      | "unknownTable"
      | "notEmpty"
      | "notAnExport",
    message: string,
  ) {
    super(message);
    this.name = "HostError";
  }
}
