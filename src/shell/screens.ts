/** The screens that the navigation and the palette lead to, in their order. */
import {
  IconBell,
  IconBox,
  IconClipboardList,
  IconHeartbeat,
  IconSettings,
  IconTimelineEvent,
} from "@tabler/icons-react";

export const screens = [
  { to: "/", label: "Orders", icon: IconClipboardList, command: "goToOrders" },
  { to: "/needs-you", label: "Needs you", icon: IconBell, command: "goToAttention" },
  { to: "/events", label: "Events", icon: IconTimelineEvent, command: "goToEvents" },
  { to: "/inventory", label: "Inventory", icon: IconBox, command: "goToInventory" },
  { to: "/health", label: "Health", icon: IconHeartbeat, command: "goToHealth" },
  { to: "/settings", label: "Settings", icon: IconSettings, command: "goToSettings" },
] as const;
