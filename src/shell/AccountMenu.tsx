import { ActionIcon } from "@mantine/core";
import { IconUser } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import type { Business } from "../account/business";
import { usePopoverButton } from "../ui/usePopoverButton";
import { shellText } from "./shellText";

const load = () => import("./AccountMenuDropdown");
const AccountMenuDropdown = lazy(load);

export type AccountMenuProps = {
  business: Business;
  businesses: Business[];
  email: string | null;
  onSelectStore: (business: Business) => void;
};

/** The button that opens the account menu. */
export function AccountMenu(props: AccountMenuProps) {
  const { button, popover } = usePopoverButton("menu", load);
  return (
    <>
      <ActionIcon variant="subtle" color="gray" aria-label={shellText.account} {...button}>
        <IconUser size={22} />
      </ActionIcon>
      <Suspense>{popover && <AccountMenuDropdown {...props} {...popover} />}</Suspense>
    </>
  );
}
