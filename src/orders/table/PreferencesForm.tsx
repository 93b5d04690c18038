import { Checkbox, Divider, SegmentedControl, Stack, Text } from "@mantine/core";
import { useId, useState } from "react";
import text from "../../ui/text.module.css";
import { playChime, requestDesktopNotifications } from "./alerts";
import { minWindowWidth, optionalColumns, type Preferences } from "./preferences";
import { preferencesText } from "./preferencesText";

export type PreferencesProps = { preferences: Preferences; onChange: (preferences: Preferences) => void };

function AlertCheckboxes({ preferences, onChange }: PreferencesProps) {
  const [isRefused, setIsRefused] = useState(false);
  const changeDesktopAlert = async (isWanted: boolean) => {
    const isNotified = isWanted && (await requestDesktopNotifications());
    setIsRefused(isWanted && !isNotified);
    onChange({ ...preferences, isNotified });
  };
  return (
    <>
      <Checkbox
        label={preferencesText.sound}
        checked={preferences.isSounded}
        onChange={({ currentTarget: { checked } }) => {
          if (checked) playChime();
          onChange({ ...preferences, isSounded: checked });
        }}
      />
      <Checkbox
        label={preferencesText.desktop}
        description={preferencesText.desktopWhen}
        error={isRefused && preferencesText.desktopRefused}
        checked={preferences.isNotified}
        onChange={(event) => void changeDesktopAlert(event.currentTarget.checked)}
      />
    </>
  );
}

/** Alerts, density and columns. Loaded when the menu opens, to keep the first screen small. */
export function PreferencesForm({ preferences, onChange }: PreferencesProps) {
  const headingId = useId();
  const columns = optionalColumns.filter(({ id }) => minWindowWidth[id] <= window.innerWidth);
  return (
    <Stack gap="sm">
      <AlertCheckboxes preferences={preferences} onChange={onChange} />
      <Divider />
      <SegmentedControl
        aria-label={preferencesText.density}
        value={preferences.density}
        onChange={(density) =>
          onChange({ ...preferences, density: density === "compact" ? "compact" : "comfortable" })
        }
        data={[
          { value: "comfortable", label: preferencesText.roomy },
          { value: "compact", label: preferencesText.dense },
        ]}
      />
      {columns.length > 0 && (
        <Stack gap="sm" role="group" aria-labelledby={headingId}>
          <Text id={headingId} size="sm" className={text.soft}>
            {preferencesText.columns}
          </Text>
          {columns.map(({ id, label }) => (
            <Checkbox
              key={id}
              label={label}
              checked={!preferences.hidden.includes(id)}
              onChange={(event) => {
                const others = preferences.hidden.filter((hidden) => hidden !== id);
                onChange({ ...preferences, hidden: event.currentTarget.checked ? others : [...others, id] });
              }}
            />
          ))}
        </Stack>
      )}
    </Stack>
  );
}
