import { Button, Group } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCopy } from "@tabler/icons-react";
import text from "../ui/text.module.css";
import { printText } from "./printText";

/** Copies an address as it is written on a parcel, and says so. */
export function CopyAddressButton({ address }: { address: string }) {
  const { copy, copied, error } = useClipboard();
  return (
    <Group gap="xs">
      <Button
        variant="subtle"
        size="compact-sm"
        h={44}
        px="xs"
        ml="calc(-1 * var(--mantine-spacing-xs))"
        leftSection={<IconCopy size={16} aria-hidden />}
        onClick={() => copy(address)}
      >
        {printText.copyAddress}
      </Button>
      <span role="status" className={text.soft}>
        {copied && printText.copied}
        {error !== null && printText.notCopied}
      </span>
    </Group>
  );
}
