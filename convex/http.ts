import { httpRouter, type RoutableMethod } from "convex/server";
import { auth } from "./auth";
import { CALLBACK_PATH } from "./marketplaces/bricklink/callbackToken";
import { bricklinkWebhook } from "./marketplaces/bricklink/webhook";

const http = httpRouter();

auth.addHttpRoutes(http);

// Every method, so that a wrong one is told so instead of the platform's bare 404. HEAD follows GET.
const methods: RoutableMethod[] = ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];
for (const method of methods) {
  http.route({ path: CALLBACK_PATH, method, handler: bricklinkWebhook });
  http.route({ pathPrefix: `${CALLBACK_PATH}/`, method, handler: bricklinkWebhook });
}

export default http;
