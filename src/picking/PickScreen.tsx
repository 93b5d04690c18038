import { useMediaQuery } from "@mantine/hooks";
import { useSearch } from "@tanstack/react-router";
import { PickListScreen } from "./PickListScreen";
import { WalkScreen } from "./WalkScreen";

/** A phone, upright or held sideways, which shows one stop at a time. */
const PHONE = "(max-width: 700px), (orientation: landscape) and (max-height: 500px)";

/** Picking one or several orders: one stop at a time, or the list of all of them. */
export function PickScreen() {
  const { view } = useSearch({ from: "/pick" });
  const isPhone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  return (view ?? (isPhone ? "stop" : "list")) === "stop" ? <WalkScreen /> : <PickListScreen />;
}
