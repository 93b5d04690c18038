/** A call that BrickLink refuses, with the three fields of its error envelope (API manual, "Error handling"). */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly description: string,
  ) {
    super(message);
  }
}

/** The descriptions of these three are the live API's, quoted by BL-Picklist and BrickSync. */
export const malformedJson = () =>
  new Refusal(400, "INVALID_REQUEST_BODY", "A request has been made with a malformed JSON body.");
export const missingParameter = (name: string) =>
  new Refusal(400, "PARAMETER_MISSING_OR_INVALID", `Parameter [${name}] is missing`);
export const invalidParameter = (name: string) =>
  new Refusal(400, "PARAMETER_MISSING_OR_INVALID", `Unparseable value or field: ${name}`);

export const notFound = () => new Refusal(404, "RESOURCE_NOT_FOUND", "Resource not found");

/** The live API's description of a refused status, quoted by BL-Picklist; for other updates it is not known. */
export const updateNotAllowed = (description = "NOT_IN_UPDATABLE_STATUS") =>
  new Refusal(422, "RESOURCE_UPDATE_NOT_ALLOWED", description);
