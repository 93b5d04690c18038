import { Drawer, Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useLayer } from "../keyboard/registry";
import classes from "./DetailDrawer.module.css";
import { uiText } from "./uiText";

type DetailDrawerProps = {
  title: string;
  /** The `data-key` of the row that opened the drawer; closing the drawer moves the focus back to it. */
  rowKey: string;
  onClose: () => void;
  children: ReactNode;
};

/** A drawer over a table with the details of one of its rows. */
export function DetailDrawer({ title, rowKey, onClose, children }: DetailDrawerProps) {
  const close = () => {
    onClose();
    // In the next frame, once the drawer is removed from the page.
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`[data-key="${CSS.escape(rowKey)}"]`)?.focus();
    });
  };
  useLayer("drawer", close);
  return (
    <Drawer.Root opened onClose={close} size="min(620px, 100%)">
      <Drawer.Overlay />
      <Drawer.Content>
        {/* A plain header element would count as a second banner landmark of the page. */}
        <Drawer.Header role="presentation">
          <Drawer.Title>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label={uiText.close} size={44} />
        </Drawer.Header>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** What identifies the row, and its state; wraps where one line is too narrow. */
export function DetailHeader({ children }: { children: ReactNode }) {
  return <div className={classes.header}>{children}</div>;
}

export function DetailSkeleton() {
  return (
    <Stack aria-busy="true">
      {Array.from({ length: 5 }, (_, line) => (
        <Skeleton key={line} height={44} />
      ))}
    </Stack>
  );
}
