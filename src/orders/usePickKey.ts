import { useHotkeys } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { ORDERS_IN_LIST, type Selection } from "./useSelection";

/** `p` leads to the pick list: of the selected orders, else of the open one, else of the one that has the focus. */
export function usePickKey({ selected }: Selection, openOrder: number | null): void {
  const navigate = useNavigate();
  useHotkeys([
    [
      "p",
      () => {
        const focused = document.activeElement?.getAttribute("data-order-number");
        const chosen =
          selected.length > 0 ? selected.map(({ orderNumber }) => orderNumber) : [openOrder ?? focused];
        const orders = chosen.slice(0, ORDERS_IN_LIST).filter(Boolean).join("-");
        if (orders !== "") void navigate({ to: "/pick", search: { orders } });
      },
    ],
  ]);
}
