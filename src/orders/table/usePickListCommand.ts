import { useNavigate } from "@tanstack/react-router";
import { useCommand } from "../../keyboard/registry";
import type { Selection } from "./useSelection";

/** The command "pickList" opens the pick list: of a batch of the selected orders, else of the open order, else of the focused row's order. */
export function usePickListCommand({ batch }: Selection, openOrder: number | null): void {
  const navigate = useNavigate();
  useCommand("pickList", () => {
    const focused = document.activeElement?.closest("[data-order-number]")?.getAttribute("data-order-number");
    const selected = batch.items.map(({ orderNumber }) => orderNumber);
    const orders = (selected.length > 0 ? selected : [openOrder ?? focused]).filter(Boolean).join("-");
    if (orders === "") return false;
    void navigate({ to: "/pick", search: { orders } });
  });
}
