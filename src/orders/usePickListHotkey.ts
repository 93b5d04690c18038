import { useHotkeys } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { PICK_LIST_ORDERS_MAX, type Selection } from "./useSelection";

/** The key `p` opens the pick list: of the selected orders, else of the open order, else of the focused row's order. */
export function usePickListHotkey({ selected }: Selection, openOrder: number | null): void {
  const navigate = useNavigate();
  useHotkeys([
    [
      "p",
      () => {
        const focused = document.activeElement?.getAttribute("data-order-number");
        const chosen =
          selected.length > 0 ? selected.map(({ orderNumber }) => orderNumber) : [openOrder ?? focused];
        const orders = chosen.slice(0, PICK_LIST_ORDERS_MAX).filter(Boolean).join("-");
        if (orders !== "") void navigate({ to: "/pick", search: { orders } });
      },
    ],
  ]);
}
