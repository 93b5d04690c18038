/** What has become of an order that staff asked BrickLink for. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { problemText } from "./problemText";

type Timeline = NonNullable<FunctionReturnType<typeof api.marketplaces.bricklink.queue.log.timeline>>;
type Fetch = Pick<Timeline["notification"], "resourceId" | "status" | "nextAttemptAt" | "failure">;

/** One or two sentences: that it is fetched, is here, or why not and whether it is tried again. */
export function fetchText({ resourceId, status, nextAttemptAt, failure }: Fetch): string {
  switch (status) {
    case "pending":
      return `Order ${resourceId} waits to be fetched.`;
    case "processing":
      return `Order ${resourceId} is being fetched.`;
    case "completed":
      return `Order ${resourceId} is here and up to date.`;
    case "failed": {
      const reason = failure === null ? "" : ` ${problemText(failure)}`;
      const next = nextAttemptAt === null ? "" : " It is tried again by itself.";
      return `Order ${resourceId} could not be fetched.${reason}${next}`;
    }
  }
}
