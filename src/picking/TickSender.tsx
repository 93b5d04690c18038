import { useTickSender } from "./tickSender";

/** Sends ticks that an earlier visit left on the device, whatever screen is open. Renders nothing. */
export default function TickSender() {
  useTickSender();
  return null;
}
