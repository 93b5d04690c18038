/** The screens that the navigation and the palette lead to, in their order. */
import {
  IconBell,
  IconBox,
  IconClipboardList,
  IconHeartbeat,
  IconSettings,
  IconTimelineEvent,
} from "@tabler/icons-react";
import { shellText } from "./shellText";

export const screens = [
  { to: "/", label: shellText.orders, icon: IconClipboardList, command: "goToOrders" },
  { to: "/needs-you", label: shellText.attention, icon: IconBell, command: "goToAttention" },
  { to: "/events", label: shellText.events, icon: IconTimelineEvent, command: "goToEvents" },
  { to: "/inventory", label: shellText.inventory, icon: IconBox, command: "goToInventory" },
  { to: "/health", label: shellText.health, icon: IconHeartbeat, command: "goToHealth" },
  { to: "/settings", label: shellText.settings, icon: IconSettings, command: "goToSettings" },
] as const;
