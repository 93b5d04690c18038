import { Button, Group, NativeSelect, Skeleton, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import { countryCodes, countryText } from "../parcels/countries";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import type { BusinessId } from "./types";

const countryOptions = [
  { value: "", label: "Not given" },
  ...countryCodes
    .map((code) => ({ value: code, label: countryText(code) }))
    .sort((a, b) => a.label.localeCompare(b.label, "en")),
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
    <Card title="Packing slips and labels">
      {settings === undefined ? (
        <Skeleton height={260} />
      ) : (
        <form onSubmit={submit} onChange={() => setIsSaved(false)}>
          <Stack gap="sm">
            <Textarea
              name="thanks"
              label="Line of thanks"
              description="Below the lines of every packing slip. Leave it empty to print none."
              defaultValue={settings.thanks}
              autosize
            />
            <Textarea
              name="returnAddress"
              label="Return address"
              description="Above the buyer's on address labels, with your name. Leave it empty to print none."
              defaultValue={settings.returnAddress}
              autosize
              minRows={3}
            />
            <NativeSelect
              name="countryCode"
              label="Your country"
              description="Addresses within it are printed without the country."
              defaultValue={settings.countryCode ?? ""}
              data={countryOptions}
            />
            <ErrorAlert message={task.errorMessage} />
            <Group>
              <Button type="submit" variant="default" loading={task.isRunning}>
                Save
              </Button>
              {isSaved && <Text role="status">Saved.</Text>}
            </Group>
          </Stack>
        </form>
      )}
    </Card>
  );
}
