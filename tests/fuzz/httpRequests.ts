/** Well-formed requests with any content: calls of functions, callbacks, and requests to every other address. */
import fc from "fast-check";
import { authorizationOf, callsBy, type Call, type CallerName } from "./calls";
import { methods, plainHeaders, ports, targets, type PortName } from "./parts";
import { known, longText } from "./placeholders";
import { anyBody, anyValue, variantsOf } from "./values";

export type HttpRequest = {
  via: "http";
  port: PortName;
  method: string;
  target: string;
  headers: string[];
  /** Undefined for a request without a body. */
  body: string | undefined;
  /** Whether an answer that reports success would be a hole. */
  isForbidden: boolean;
};

const routeOf = {
  query: ["/api/query", "/api/query_at_ts", "/api/function"],
  mutation: ["/api/mutation", "/api/function"],
  action: ["/api/action", "/api/function"],
};

/** How a body holds the arguments: as a list of one object, as the object, or as JSON text. */
type ArgsShape = "list" | "object" | "text";

/** `route` chooses the address; `body`, unless null, is sent instead of the call. */
type SentCall = {
  call: Call;
  authorization: string | null;
  shape: ArgsShape;
  route: number;
  body: string | null;
};

function bodyOf({ name, args }: Call, shape: ArgsShape): unknown {
  if (shape === "text") return { path: name, args: JSON.stringify(args) };
  return { path: name, format: "json", args: shape === "list" ? [args] : args };
}

function requestsBy(caller: CallerName): fc.Arbitrary<HttpRequest> {
  const toRequest = ({ call, authorization, shape, route, body }: SentCall): HttpRequest => {
    const routes = routeOf[call.kind];
    const request = {
      via: "http" as const,
      port: "api" as const,
      method: "POST",
      target: routes[route % routes.length] ?? "",
      headers: [
        "Content-Type: application/json",
        ...(authorization === null ? [] : [`Authorization: ${authorization}`]),
      ],
      body: JSON.stringify(bodyOf(call, shape)),
      isForbidden: caller === "forger" || call.isForbidden,
    };
    if (body !== null) return { ...request, body, isForbidden: caller === "forger" };
    if (route === 0) {
      const target = `/api/run/${encodeURI(call.name).replace(/[^!-~]/g, "")}`.replace(":", "/");
      return { ...request, target, body: JSON.stringify({ args: call.args }) };
    }
    if (route === 1) {
      const queries = [bodyOf(call, "list"), bodyOf(call, shape)];
      return { ...request, target: "/api/query_batch", body: JSON.stringify({ queries }) };
    }
    return request;
  };
  return fc
    .record({
      call: callsBy(caller),
      authorization: authorizationOf(caller),
      shape: fc.constantFrom<ArgsShape>("list", "list", "list", "object", "text"),
      route: fc.nat(30),
      body: fc.option(anyBody, { freq: 8 }),
    })
    .map(toRequest);
}

/** Calls of functions over HTTP by one of the callers. */
export function functionRequests(...callers: CallerName[]): fc.Arbitrary<HttpRequest> {
  return fc.oneof(...callers.map(requestsBy));
}

const notification = {
  event_type: "Order",
  resource_id: 999_999_999,
  timestamp: "2026-01-01T00:00:00.000Z",
};

/** Callbacks to a token that is known, unknown, or of the wrong shape, at both doors. */
export const callbacks: fc.Arbitrary<HttpRequest> = fc
  .record({
    token: fc.oneof(
      { weight: 3, arbitrary: fc.constant(known("callbackToken")) },
      {
        weight: 2,
        arbitrary: fc.constantFrom("A".repeat(43), "short", "__proto__", "%", "", "a/b", longText(2_000)),
      },
    ),
    door: fc.constantFrom<[PortName, string]>(["site", ""], ["site", ""], ["api", "/http"]),
    isInQuery: fc.boolean(),
    method: fc.constantFrom("POST", "POST", "POST", "POST", ...methods),
    headers: fc.array(plainHeaders, { maxLength: 1 }),
    body: fc.oneof(
      anyBody,
      variantsOf(notification).map((value) => JSON.stringify(value)),
      variantsOf([notification, notification]).map((value) => JSON.stringify(value)),
      anyValue.map((value) => JSON.stringify({ ...notification, resource_id: value })),
      anyValue.map((value) => JSON.stringify({ ...notification, timestamp: value })),
      fc.constantFrom(longText(1_023), longText(1_024), longText(3_000_000)),
    ),
  })
  .map(({ token, door: [port, prefix], isInQuery, method, headers, body }): HttpRequest => ({
    via: "http",
    port,
    method,
    target: `${prefix}/api/bricklink/webhook${isInQuery ? "?webhookToken=" : "/"}${token}`,
    headers: headers.flat(),
    body,
    isForbidden: false,
  }));

const adminRequests: fc.Arbitrary<HttpRequest> = fc
  .record({
    authorization: authorizationOf("forger"),
    target: fc.constantFrom(
      "/api/admin/export",
      "/api/admin/data?table=users",
      "/api/admin/data?table=__proto__&limit=NaN",
    ),
    method: fc.constantFrom("GET", "POST", "DELETE"),
  })
  .map(({ authorization, target, method }) => ({
    via: "http",
    port: "api",
    method,
    target,
    headers: authorization === null ? [] : [`Authorization: ${authorization}`],
    body: undefined,
    isForbidden: true,
  }));

/** Any route of any port with any body. */
const anyRoute: fc.Arbitrary<HttpRequest> = fc
  .record({
    port: ports,
    method: fc.constantFrom(...methods.filter((method) => method !== "CONNECT")),
    target: targets,
    headers: fc.array(plainHeaders, { maxLength: 2 }),
    body: fc.option(anyBody, { nil: undefined }),
  })
  .map((sent) => ({ via: "http", isForbidden: false, ...sent, headers: sent.headers.flat() }));

export const strangeRequests: fc.Arbitrary<HttpRequest> = fc.oneof(
  { weight: 2, arbitrary: callbacks },
  { weight: 1, arbitrary: adminRequests },
  { weight: 2, arbitrary: anyRoute },
);
