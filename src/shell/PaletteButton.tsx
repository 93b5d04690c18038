import { ActionIcon } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useCommand } from "../keyboard/registry";
import { isMacKeyboard, keysOf } from "../keyboard/shortcutsText";
import type { AccountMenuProps } from "./AccountMenu";
import { shellText } from "./shellText";

const load = () => import("../palette/Palette");
const Palette = lazy(load);

/** Opens the palette, which finds orders, lots, screens and actions; so does its key. */
export function PaletteButton({ account }: { account: AccountMenuProps }) {
  const [isOpen, setIsOpen] = useState(false);
  const open = () => setIsOpen(true);
  useCommand("openPalette", open);
  const keys = keysOf("openPalette", isMacKeyboard()).join(" ");
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={shellText.find}
        title={`${shellText.find} (${keys})`}
        aria-haspopup="dialog"
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={open}
      >
        <IconSearch size={20} />
      </ActionIcon>
      <Suspense>{isOpen && <Palette account={account} onClose={() => setIsOpen(false)} />}</Suspense>
    </>
  );
}
