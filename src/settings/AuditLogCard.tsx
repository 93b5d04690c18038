import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Card } from "../ui/Card";
import { settingsText } from "./settingsText";

const { auditLog } = settingsText;

/** The way to the audit log, which only owners can read. */
export function AuditLogCard() {
  return (
    <Card title={auditLog.title}>
      <Text mb="sm">{auditLog.about}</Text>
      <Link to="/audit-log">{auditLog.open}</Link>
    </Card>
  );
}
