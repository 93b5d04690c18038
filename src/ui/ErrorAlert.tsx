import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";

/** An error that a screen reader announces at once. Renders nothing while `message` is null. */
export function ErrorAlert({ message }: { message: string | null }) {
  if (message === null) return null;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} role="alert">
      {message}
    </Alert>
  );
}
