import { useAuthActions } from "@convex-dev/auth/react";
import { useMantineColorScheme } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { isMacKeyboard, keysOf } from "../keyboard/shortcutsText";
import { batchOf } from "../orders/table/batches";
import { readSelection } from "../orders/table/storedSelection";
import { screens } from "../shell/screens";
import type { AccountMenuProps } from "../shell/AccountMenu";
import type { Entry } from "./entries";
import { paletteText } from "./paletteText";

const { synonyms } = paletteText;

/** The screens, and what can be done from anywhere. */
export function useActions({ business, businesses, onSelectStore }: AccountMenuProps): Entry[] {
  const navigate = useNavigate();
  const { signOut } = useAuthActions();
  const { setColorScheme } = useMantineColorScheme();
  const isMac = isMacKeyboard();
  const screenEntries = screens.map(({ to, label, command }): Entry => ({
    id: to,
    group: "screens",
    label,
    keys: keysOf(command, isMac).join(" "),
    run: () => void navigate({ to }),
  }));
  const action = (id: string, label: string, words: string, run: () => void): Entry => ({
    id,
    group: "actions",
    label,
    words,
    run,
  });
  const stored = readSelection();
  const selection =
    stored?.businessAccountId === business.businessAccountId
      ? batchOf(stored.orderNumbers, stored.batch).items
      : [];
  return [
    ...(selection.length > 0
      ? [
          action(
            "pickList",
            paletteText.pickList(selection.length),
            synonyms.pickList,
            () => void navigate({ to: "/pick", search: { orders: selection.join("-") } }),
          ),
        ]
      : []),
    ...screenEntries,
    action("dark", paletteText.toDark, synonyms.toDark, () => setColorScheme("dark")),
    action("light", paletteText.toLight, synonyms.toLight, () => setColorScheme("light")),
    action("device", paletteText.toDevice, synonyms.toDevice, () => setColorScheme("auto")),
    ...businesses
      .filter((other) => other !== business)
      .map((other) =>
        action(
          `store ${other.businessAccountId}`,
          paletteText.switchStore(other.name),
          synonyms.switchStore,
          () => onSelectStore(other),
        ),
      ),
    action("signOut", paletteText.signOut, synonyms.signOut, () => void signOut()),
  ];
}
