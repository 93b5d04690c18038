/** An expected failure to start or to operate the host. Its message says what to do. */
export class HostError extends Error {
  constructor(
    readonly code:
      | "portInUse"
      | "folderInUse"
      | "folderUnusable"
      | "folderOfOtherKind"
      | "diskFull"
      | "fileDamaged"
      | "formatNewer"
      | "environmentMissing"
      | "functionsUnusable"
      | "schemaInvalid"
      | "dataMismatch"
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
