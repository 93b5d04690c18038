import { Modal, Table } from "@mantine/core";

const shortcuts = [
  ["/", "Search, on Orders and Inventory"],
  ["↑ ↓", "Go from row to row"],
  ["Enter", "Open the row"],
  ["Space", "Select the order you are on; tick the line you are on"],
  ["p", "Pick list of the selected orders, the open one, or the one you are on"],
  ["Esc", "Close what is open"],
  ["?", "These shortcuts"],
] as const;

/** The keys. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Modal.Root opened onClose={onClose}>
      <Modal.Overlay />
      <Modal.Content>
        {/* Not a second banner of the page, which a bare header element would be. */}
        <Modal.Header role="presentation">
          <Modal.Title>Keyboard</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </Modal.Header>
        <Modal.Body>
          <Table>
            <Table.Tbody>
              {shortcuts.map(([key, what]) => (
                <Table.Tr key={key}>
                  <Table.Th scope="row">
                    <kbd>{key}</kbd>
                  </Table.Th>
                  <Table.Td>{what}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
