import { Popover, Text } from "@mantine/core";
import { Target } from "./Target";

type NotePopoverProps = { id: string; target: HTMLElement; message: string; onClose: () => void };

/** What became of an action, beside its button. */
export default function NotePopover({ id, target, message, onClose }: NotePopoverProps) {
  return (
    <Popover id={id} opened onChange={onClose} position="bottom-end">
      <Popover.Target>
        <Target element={target} />
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm" role="status" maw={260}>
          {message}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
