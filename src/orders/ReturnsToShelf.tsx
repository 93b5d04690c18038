import { Button } from "@mantine/core";
import { useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { ErrorAlert } from "../ui/ErrorAlert";
import { Notice } from "../ui/Notice";
import { useAsyncTask } from "../ui/useAsyncTask";
import type { OrderDetail } from "./types";

/** Goods that were picked and that the buyer no longer wants; staff confirm each once it is back in its bin. */
export function ReturnsToShelf({ order }: { order: OrderDetail }) {
  const { businessAccountId, role } = useBusiness();
  const confirm = useAsyncTask(useMutation(api.orders.picking.returnsToShelf.confirm));
  return (
    <>
      <ErrorAlert message={confirm.errorMessage} />
      {order.returnsToShelf.map(({ returnId, partNumber, itemName, location, quantity }) => (
        <Notice key={returnId}>
          The buyer no longer wants this: put back {quantity} × {partNumber} {itemName} in {location}.{" "}
          {role !== "viewer" && (
            <Button
              variant="default"
              loading={confirm.isRunning}
              onClick={() => confirm.run({ businessAccountId, returnId })}
            >
              It is back
            </Button>
          )}
        </Notice>
      ))}
    </>
  );
}
