import { Modal, Table } from "@mantine/core";

const shortcuts = [
  ["/", "Search, on Orders and Inventory"],
  ["↑ ↓", "Go from row to row"],
  ["Enter", "Open the row"],
  ["Space", "Select the order you are on; tick the line you are on"],
  ["← →", "On a walk: back, and on without picking"],
  ["Enter, Ctrl Z", "On a walk: picked, undo"],
  ["p", "Pick list of the selected orders, the open one, or the one you are on"],
  ["Esc", "Close what is open"],
  ["?", "These shortcuts"],
] as const;

/** Lists the keyboard shortcuts. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal.Root opened onClose={onClose}>
      <Modal.Overlay />
      <Modal.Content>
        {/* A plain header element would count as a second banner landmark of the page. */}
        <Modal.Header role="presentation">
          <Modal.Title>Keyboard</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </Modal.Header>
        <Modal.Body>
          <Table>
            <Table.Tbody>
              {shortcuts.map(([key, description]) => (
                <Table.Tr key={key}>
                  <Table.Th scope="row">
                    <kbd>{key}</kbd>
                  </Table.Th>
                  <Table.Td>{description}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
