import { Button, Menu } from "@mantine/core";
import { useQuery } from "convex/react";
import { useState } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import type { OrderRow } from "../orders/types";
import { Dialog } from "../ui/Dialog";
import { ErrorAlert } from "../ui/ErrorAlert";
import {
  changeText,
  moveEffects,
  moveLabels,
  parcelConcerns,
  requestedText,
  SELECTION_MAX,
} from "./changeText";
import { dialogsText } from "./dialogsText";
import { sentences } from "./sentencesText";
import type { SellerStatus } from "./types";
import { useChanges } from "./useChanges";

const statuses = ["READY", "PACKED", "SHIPPED", "COMPLETED"] as const satisfies readonly SellerStatus[];

const filing = { kind: "filing" as const, isFiled: true };

const { selection } = dialogsText;

/** Sets the status of the selected orders, or files them. Renders nothing for viewers and in a store that is only read. */
export function SelectionChanges({ selected }: { selected: readonly OrderRow[] }) {
  const { businessAccountId } = useBusiness();
  const open = useQuery(api.marketplaces.bricklink.outbox.writes.open, { businessAccountId });
  const { request, isRunning, failure } = useChanges();
  const [asked, setAsked] = useState<SellerStatus | null>(null);
  const [result, setResult] = useState("");
  if (!request || !open || open.isReadOnly) return null;
  const concerning = selected.filter((order) => parcelConcerns(order).length > 0).length;
  const set = (status: SellerStatus) => {
    setAsked(null);
    request(selected, [{ kind: "status", status }], {
      onRequested: (requested) => setResult(requestedText(sentences.quoted(moveLabels[status]), requested)),
    });
  };
  return (
    <>
      <Menu position="top-start" withinPortal>
        <Menu.Target>
          <Button variant="default" loading={isRunning} disabled={selected.length > SELECTION_MAX}>
            {selected.length > SELECTION_MAX ? selection.tooMany(SELECTION_MAX) : selection.setStatus}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {statuses.map((status) => (
            <Menu.Item
              key={status}
              title={moveEffects[status]}
              onClick={() => (status === "READY" || concerning === 0 ? set(status) : setAsked(status))}
            >
              {moveLabels[status]}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            onClick={() =>
              request(selected, [filing], {
                onRequested: (requested) =>
                  setResult(requestedText(sentences.quoted(changeText(filing)), requested)),
              })
            }
          >
            {selection.file}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span role="status">{result}</span>
      <ErrorAlert message={failure} />
      {asked !== null && (
        <Dialog title={dialogsText.setAnyway(moveLabels[asked])} onClose={() => setAsked(null)}>
          <span>
            {selection.concerning(concerning)} {moveEffects[asked]}
          </span>
          <Button onClick={() => set(asked)}>{selection.setAll(moveLabels[asked], selected.length)}</Button>
        </Dialog>
      )}
    </>
  );
}
