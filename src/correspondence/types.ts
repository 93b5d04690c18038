/** What the server returns about messages and feedback. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

type Correspondence = typeof api.orders.correspondence;

export type Message = FunctionReturnType<Correspondence["messages"]["forOrder"]>[number];
export type Feedback = FunctionReturnType<Correspondence["feedback"]["forOrder"]>[number];
export type Rating = Feedback["rating"];
