import { useNavigate } from "@tanstack/react-router";
import { useCommand } from "../keyboard/registry";
import { PICK_LIST_ORDERS_MAX, type Selection } from "./useSelection";

/** The command "pickList" opens the pick list: of the selected orders, else of the open order, else of the focused row's order. */
export function usePickListCommand({ selected }: Selection, openOrder: number | null): void {
  const navigate = useNavigate();
  useCommand("pickList", () => {
    const focused = document.activeElement?.closest("[data-order-number]")?.getAttribute("data-order-number");
    const chosen =
      selected.length > 0 ? selected.map(({ orderNumber }) => orderNumber) : [openOrder ?? focused];
    const orders = chosen.slice(0, PICK_LIST_ORDERS_MAX).filter(Boolean).join("-");
    if (orders === "") return false;
    void navigate({ to: "/pick", search: { orders } });
  });
}
