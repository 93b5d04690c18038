/** What flow tests import, in one place. Tests of pure functions import `./clock` alone: they need no backend. */
export * from "./auditLog";
export * from "./backend";
export * from "./bricklinkAnswers";
export * from "./bricklinkOrders";
export * from "./builders";
export * from "./clock";
export * from "./errors";
export * from "./fakeBricklink";
export * from "./invariants";
export * from "./imports";
export * from "./inventory";
export * from "./invitations";
export * from "./members";
export * from "./picking";
export * from "./signIn";
export * from "./store";
export * from "./writes";
