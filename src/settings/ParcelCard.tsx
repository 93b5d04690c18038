import { Button, Group, NativeSelect, Skeleton, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import { locale } from "../language/language";
import { countryCodes, countryText } from "../parcels/countries";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import { settingsText } from "./settingsText";
import type { BusinessId } from "./types";

const text = settingsText.parcels;

const countryOptions = [
  { value: "", label: text.noCountry },
  ...countryCodes
    .map((code) => ({ value: code, label: countryText(code) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale)),
];

/** What packing slips and address labels say of the store. */
export function ParcelCard({ businessAccountId }: { businessAccountId: BusinessId }) {
  const settings = useQuery(api.accounts.parcelSettings.get, { businessAccountId });
  const save = useMutation(api.accounts.parcelSettings.save);
  const [isSaved, setIsSaved] = useState(false);
  const task = useAsyncTask(async (form: HTMLFormElement) => {
    setIsSaved(false);
    const field = (name: string) => {
      const value = new FormData(form).get(name);
      return typeof value === "string" ? value : "";
    };
    await save({
      businessAccountId,
      thanks: field("thanks"),
      returnAddress: field("returnAddress"),
      countryCode: field("countryCode") || null,
    });
    setIsSaved(true);
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    task.run(event.currentTarget);
  };
  return (
    <Card title={text.title}>
      {settings === undefined ? (
        <Skeleton height={260} />
      ) : (
        <form onSubmit={submit} onChange={() => setIsSaved(false)}>
          <Stack gap="sm">
            <Textarea
              name="thanks"
              label={text.thanks}
              description={text.thanksHint}
              defaultValue={settings.thanks}
              autosize
            />
            <Textarea
              name="returnAddress"
              label={text.returnAddress}
              description={text.returnAddressHint}
              defaultValue={settings.returnAddress}
              autosize
              minRows={3}
            />
            <NativeSelect
              name="countryCode"
              label={text.country}
              description={text.countryHint}
              defaultValue={settings.countryCode ?? ""}
              data={countryOptions}
            />
            <ErrorAlert message={task.errorMessage} />
            <Group>
              <Button type="submit" variant="default" loading={task.isRunning}>
                {settingsText.save}
              </Button>
              {isSaved && <Text role="status">{settingsText.saved}</Text>}
            </Group>
          </Stack>
        </form>
      )}
    </Card>
  );
}
