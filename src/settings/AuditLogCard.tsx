import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Card } from "../ui/Card";

/** The way to the audit log, which only owners can read. */
export function AuditLogCard() {
  return (
    <Card title="Audit log">
      <Text mb="sm">
        Who picked which line, counted which lot or changed which role, key or setting, and when. Only owners
        see it, and nobody can change or delete an entry.
      </Text>
      <Link to="/audit-log">Open the audit log</Link>
    </Card>
  );
}
