import { IconMail } from "@tabler/icons-react";
import { Tag } from "../ui/Tag";
import text from "../ui/text.module.css";
import { unreadText } from "./unreadText";

/** How many of an order's messages nobody has read; nothing when there is none. */
export function UnreadMark({ count = 0 }: { count: number | undefined }) {
  if (count === 0) return null;
  return (
    <Tag tone="warn">
      <IconMail size={15} aria-hidden />
      <span aria-hidden>{count}</span>
      <span className={text.visuallyHidden}>{unreadText(count)}</span>
    </Tag>
  );
}
