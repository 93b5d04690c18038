import { getFunctionName, type FunctionReference } from "convex/server";
import { expect, it } from "vitest";
import { internal } from "../../../support";

it("functions that only the server calls are internal, at the paths that the flow fixes", () => {
  const { notifications } = internal.marketplaces.bricklink;
  // The type refuses a public function; it is checked when the tests are compiled.
  const internals: FunctionReference<"query" | "mutation" | "action", "internal">[] = [
    notifications.getCredentialByToken,
    notifications.upsertNotification,
    notifications.processNotification,
    notifications.processOrderNotification,
    notifications.upsertOrder,
    notifications.pollNotificationsForBusiness,
  ];
  expect(internals.map(getFunctionName)).toContain("marketplaces/bricklink/notifications:upsertOrder");
});
