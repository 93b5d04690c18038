import { authTables } from "@convex-dev/auth/server";
import { defineSchema } from "convex/server";
import { auditLogTables } from "./accounts/deeds";
import { accountsTables } from "./accounts/schema";
import { inventoryTables } from "./inventory/schema";
import { bricklinkTables } from "./marketplaces/bricklink/schema";
import { correspondenceTables } from "./orders/correspondence/schema";
import { ordersTables } from "./orders/schema";

export default defineSchema({
  ...authTables,
  ...accountsTables,
  ...auditLogTables,
  ...inventoryTables,
  ...bricklinkTables,
  ...ordersTables,
  ...correspondenceTables,
});
