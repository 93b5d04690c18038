import { Button, Text } from "@mantine/core";
import { IconThumbUp } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import { useState } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { requestedText, SELECTION_MAX } from "../changes/changeText";
import { useChanges, type SeenOrder } from "../changes/useChanges";
import { Dialog } from "../ui/Dialog";
import { ErrorAlert } from "../ui/ErrorAlert";
import classes from "./correspondence.module.css";
import { feedbackWords, praiseLabel } from "./feedbackText";

/** Statuses in which feedback can be left: `takesFeedback` of convex/marketplaces/bricklink/api/statusMoves.ts. */
const statuses: readonly string[] = ["RECEIVED", "COMPLETED"];

type PraiseSelectedProps = { selected: readonly SeenOrder[] };

/**
 * Praise with the store's own text for the buyers of the selected orders that are received or completed. Renders nothing where there
 * is no such order, for viewers, and in a store that is only read.
 */
export function PraiseSelected({ selected }: PraiseSelectedProps) {
  const { businessAccountId } = useBusiness();
  const store = useQuery(api.marketplaces.bricklink.correspondence.praise.get, { businessAccountId });
  const { request, isRunning, failure } = useChanges();
  const [isAsking, setIsAsking] = useState(false);
  const [result, setResult] = useState("");
  const arrived = selected.filter(({ status }) => statuses.includes(status));
  if (!request || !store || store.isReadOnly || arrived.length === 0) return null;
  const isTooMany = arrived.length > SELECTION_MAX;
  const label = praiseLabel(arrived.length);
  const { praiseText } = store;
  const leave = () => {
    setIsAsking(false);
    const change = { kind: "feedback" as const, rating: "praise" as const, comment: praiseText };
    request(arrived, [change], {
      onRequested: (requested) => setResult(requestedText(feedbackWords.praise, requested)),
    });
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconThumbUp size={18} aria-hidden />}
        loading={isRunning}
        disabled={isTooMany}
        onClick={() => setIsAsking(true)}
      >
        {isTooMany ? feedbackWords.praiseMost(SELECTION_MAX) : label}
      </Button>
      <span role="status">{result}</span>
      <ErrorAlert message={failure} />
      {isAsking && (
        <Dialog title={`${label}?`} onClose={() => setIsAsking(false)}>
          <Text className={classes.words}>{feedbackWords.praiseWhat(praiseText)}</Text>
          <Button onClick={leave}>{label}</Button>
        </Dialog>
      )}
    </>
  );
}
