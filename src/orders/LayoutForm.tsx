import { Checkbox, Divider, SegmentedControl, Stack } from "@mantine/core";
import { useState } from "react";
import { chime, mayNotify } from "./alerts";
import { optionalColumns, roomFrom, type Layout } from "./layout";

export type LayoutProps = { layout: Layout; onLayout: (layout: Layout) => void };

function AlertBoxes({ layout, onLayout }: LayoutProps) {
  const [isRefused, setIsRefused] = useState(false);
  const askToNotify = async (isWanted: boolean) => {
    const isNotified = isWanted && (await mayNotify());
    setIsRefused(isWanted && !isNotified);
    onLayout({ ...layout, isNotified });
  };
  return (
    <>
      <Checkbox
        label="Sound for new orders"
        checked={layout.isSounded}
        onChange={({ currentTarget: { checked } }) => {
          if (checked) chime();
          onLayout({ ...layout, isSounded: checked });
        }}
      />
      <Checkbox
        label="Desktop message for new orders"
        description="While another page is in front"
        error={isRefused && "This browser does not allow it: change that in its settings for this page."}
        checked={layout.isNotified}
        onChange={(event) => void askToNotify(event.currentTarget.checked)}
      />
    </>
  );
}

/** Loaded when it is opened: the first screen has to come fast. */
export default function LayoutForm({ layout, onLayout }: LayoutProps) {
  return (
    <Stack gap="sm">
      <AlertBoxes layout={layout} onLayout={onLayout} />
      <Divider />
      <SegmentedControl
        aria-label="Density"
        value={layout.density}
        onChange={(density) =>
          onLayout({ ...layout, density: density === "compact" ? "compact" : "comfortable" })
        }
        data={[
          { value: "comfortable", label: "Roomy" },
          { value: "compact", label: "Dense" },
        ]}
      />
      {optionalColumns
        .filter(({ id }) => roomFrom[id] <= window.innerWidth)
        .map(({ id, label }) => (
          <Checkbox
            key={id}
            label={label}
            checked={!layout.hidden.includes(id)}
            onChange={(event) => {
              const others = layout.hidden.filter((hidden) => hidden !== id);
              onLayout({ ...layout, hidden: event.currentTarget.checked ? others : [...others, id] });
            }}
          />
        ))}
    </Stack>
  );
}
