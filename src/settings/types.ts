import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";

export type ConnectionStatus = FunctionReturnType<
  typeof api.marketplaces.bricklink.connection.settings.status
>;
export type BusinessId = Business["businessAccountId"];
