/**
 * The control API of the simulated BrickLink, for tests and demos. Each route is one operation; README.md lists them.
 */
import { z } from "zod";
import { faultInput, faultProfileInput } from "./faults/faults";
import { ControlError } from "./store/model";
import type { SimulatorState } from "./simulatorState";
import { orderBody } from "./api/payloads";

const line = z.object({ inventoryId: z.number().int(), quantity: z.number().int().positive() });
const lines = z.array(line).min(1).optional();

type Handler = (simulator: SimulatorState, parameters: string[], body: unknown) => unknown;
type Route = { method: string; path: RegExp; handle: Handler };

function route(method: string, path: string, handle: Handler): Route {
  return { method, path: new RegExp(`^/control${path.replaceAll(":", "([^/]+)")}$`), handle };
}

function parameterAt(parameters: string[], index: number): string {
  return decodeURIComponent(parameters[index] ?? "");
}

function storeOf(simulator: SimulatorState, parameters: string[]) {
  return simulator.store(parameterAt(parameters, 0));
}

function orderAnswer(simulator: SimulatorState, parameters: string[], id: number) {
  const { model } = storeOf(simulator, parameters);
  return orderBody(model.order(id), model.state);
}

/** An operation on one order of one store; the answer is the order after it. */
function orderRoute<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  act: (store: ReturnType<SimulatorState["store"]>, id: number, body: z.output<Schema>) => void,
): Route {
  return route("POST", `/stores/:/orders/:/${path}`, (simulator, parameters, body) => {
    const id = Number(parameterAt(parameters, 1));
    act(storeOf(simulator, parameters), id, schema.parse(body));
    return orderAnswer(simulator, parameters, id);
  });
}

const routes: Route[] = [
  route("GET", "/stores", (simulator) => simulator.stores().map(({ model }) => model.state.name)),
  route("POST", "/stores", (simulator, _, body) => {
    const { name, lots } = z
      .object({ name: z.string().min(1), lots: z.number().int().min(0).optional() })
      .parse(body);
    return simulator.createStore(name, lots);
  }),
  route("PUT", "/stores/:/callback", (simulator, parameters, body) => {
    const schema = z.object({
      url: z.url(),
      mode: z.enum(["list", "object", "empty", "garbage"]).optional(),
    });
    const { url, mode } = schema.parse(body);
    storeOf(simulator, parameters).setCallback(url, mode);
    return { url, mode: mode ?? "list" };
  }),
  route("PUT", "/stores/:/closed", (simulator, parameters, body) => {
    const { closed } = z.object({ closed: z.boolean() }).parse(body);
    storeOf(simulator, parameters).setClosed(closed);
    return { closed };
  }),
  route("POST", "/stores/:/orders", (simulator, parameters, body) => {
    const schema = z.object({ buyer: z.string().optional(), lines }).optional();
    const requested = schema.parse(body);
    const id = storeOf(simulator, parameters).placeOrder(requested?.lines, requested?.buyer);
    return orderAnswer(simulator, parameters, id);
  }),
  orderRoute("batches", z.object({ lines }).optional(), (store, id, body) => store.addBatch(id, body?.lines)),
  orderRoute("pay", z.unknown(), (store, id) => store.pay(id)),
  orderRoute("file", z.unknown(), (store, id) => store.file(id)),
  orderRoute(
    "remove-line",
    z.object({ inventoryId: z.number().int(), restock: z.boolean().default(false) }),
    (store, id, { inventoryId, restock }) => store.removeLine(id, inventoryId, restock),
  ),
  orderRoute(
    "status",
    z.object({
      status: z.string().min(1),
      notify: z.boolean().default(true),
      restock: z.boolean().default(false),
    }),
    (store, id, { status, notify, restock }) => store.setStatus(id, status, { notify, restock }),
  ),
  orderRoute("receive", z.unknown(), (store, id) => store.receive(id)),
  orderRoute(
    "messages",
    z.object({ body: z.string(), subject: z.string().nullable().default(null) }),
    (store, id, message) => store.sendMessage(id, message),
  ),
  orderRoute(
    "feedback",
    z.object({
      rating: z.number().int().min(0).max(2),
      comment: z.string(),
      completes: z.boolean().default(false),
    }),
    (store, id, { completes, ...feedback }) => store.leaveFeedback(id, feedback, completes),
  ),
  route("POST", "/stores/:/lots/:/restock", (simulator, parameters, body) => {
    const { quantity } = z.object({ quantity: z.number().int().positive() }).parse(body);
    storeOf(simulator, parameters).restock(Number(parameterAt(parameters, 1)), quantity);
    return {};
  }),
  route("POST", "/stores/:/lots/:/relist", (simulator, parameters) => ({
    inventoryId: storeOf(simulator, parameters).relist(Number(parameterAt(parameters, 1))),
  })),
  route("POST", "/stores/:/lots/:/split", (simulator, parameters, body) => {
    const { quantity, remarks } = z
      .object({ quantity: z.number().int().positive(), remarks: z.string() })
      .parse(body);
    const store = storeOf(simulator, parameters);
    return { inventoryId: store.split(Number(parameterAt(parameters, 1)), quantity, remarks) };
  }),
  route("POST", "/stores/:/callbacks", (simulator, parameters, body) => {
    const schema = z.object({
      kind: z.enum(["suppress", "repeat", "delay"]),
      times: z.number().int().positive().default(1),
      copies: z.number().int().positive().default(2),
      delayMs: z.number().positive().default(1_000),
    });
    storeOf(simulator, parameters).callbacks.addRule(schema.parse(body));
    return {};
  }),
  route("POST", "/stores/:/callbacks/send", (simulator, parameters, body) => {
    const schema = z.object({
      notification: z.object({
        event_type: z.enum(["Order", "Message", "Feedback"]),
        resource_id: z.number().int(),
        timestamp: z.string(),
      }),
      times: z.number().int().positive().default(1),
    });
    const { notification, times } = schema.parse(body);
    for (let sent = 0; sent < times; sent += 1) storeOf(simulator, parameters).callbacks.send(notification);
    return {};
  }),
  route(
    "GET",
    "/stores/:/callbacks",
    (simulator, parameters) => storeOf(simulator, parameters).callbacks.sent,
  ),
  route("GET", "/stores/:/calls", (simulator, parameters) => storeOf(simulator, parameters).calls),
  route("GET", "/stores/:/state", (simulator, parameters) => {
    const { lots, orders, state } = storeOf(simulator, parameters).model;
    return { lots: [...lots.values()], orders: [...orders.values()], unread: state.unread };
  }),
  route("POST", "/faults", (simulator, _, body) => {
    simulator.faults.add(faultInput.parse(body));
    return {};
  }),
  route("GET", "/faults", (simulator) => ({ injectedCount: simulator.faults.injectedCount })),
  route("DELETE", "/faults", (simulator) => {
    simulator.faults.clear();
    return {};
  }),
  route("PUT", "/fault-profile", (simulator, _, body) => {
    const profile = faultProfileInput.parse(body);
    simulator.faults.setProfile(profile);
    return profile;
  }),
  route("PUT", "/clock", (simulator, _, body) => {
    const { skewMs } = z.object({ skewMs: z.number() }).parse(body);
    simulator.skewMs = skewMs;
    return { skewMs };
  }),
];

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.join(".") || "body"}: ${issue.message}` : "The body has the wrong shape.";
}

/** Answers a control request with the operation's result, or with status 400 or 404 and the reason. */
export function answerControl(
  simulator: SimulatorState,
  method: string,
  path: string,
  body: string,
): { status: number; body: unknown } {
  try {
    for (const { method: wanted, path: pattern, handle } of routes) {
      const match = wanted === method ? pattern.exec(path) : null;
      if (!match) continue;
      const sent: unknown = body === "" ? undefined : JSON.parse(body);
      return { status: 200, body: handle(simulator, match.slice(1), sent) };
    }
    return { status: 404, body: { error: `There is no ${method} ${path}: see local/bricklink/README.md.` } };
  } catch (error) {
    if (error instanceof z.ZodError) return { status: 400, body: { error: firstIssue(error) } };
    if (error instanceof ControlError || error instanceof SyntaxError) {
      return { status: 400, body: { error: error.message } };
    }
    throw error;
  }
}
