import { Button } from "@mantine/core";
import { IconWalk } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { useNow } from "../ui/time";
import { resumeText } from "./walkText";

/** An older walk was forgotten, not left: what it had is picked by others, or no longer to pick. */
const OFFERED_FOR_MS = 24 * 60 * 60_000;

/** Offers to go on with the walk that this person left, here or on another device. Renders nothing without one. */
export default function ResumeWalk() {
  const { businessAccountId } = useBusiness();
  const walk = useQuery(api.orders.picking.walks.mine, { businessAccountId });
  const now = useNow();
  if (!walk || walk.linesLeft === 0 || now - walk.activeAt > OFFERED_FOR_MS) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconWalk size={18} aria-hidden />}
      renderRoot={(props) => (
        <Link {...props} to="/pick" search={{ orders: walk.orderNumbers.join("-"), view: "stop" }} />
      )}
    >
      {resumeText(walk.orderNumbers)}
    </Button>
  );
}
