import { Drawer, Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Panel.module.css";

type PanelProps = {
  title: string;
  /** The `data-key` of the row that opened it: the focus goes back there. */
  rowKey: string;
  onClose: () => void;
  children: ReactNode;
};

/** One row's whole story beside its list. */
export function Panel({ title, rowKey, onClose, children }: PanelProps) {
  const close = () => {
    onClose();
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`[data-key="${CSS.escape(rowKey)}"]`)?.focus();
    });
  };
  return (
    <Drawer.Root opened onClose={close} size="min(620px, 100%)">
      <Drawer.Overlay />
      <Drawer.Content>
        {/* Not a second banner of the page, which a bare header element would be. */}
        <Drawer.Header role="presentation">
          <Drawer.Title>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label="Close" size={44} />
        </Drawer.Header>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** What identifies the row, and how it stands, in one line where there is room. */
export function PanelHead({ children }: { children: ReactNode }) {
  return <div className={classes.head}>{children}</div>;
}

export function PanelLoading() {
  return (
    <Stack aria-busy="true">
      {Array.from({ length: 5 }, (_, line) => (
        <Skeleton key={line} height={44} />
      ))}
    </Stack>
  );
}
