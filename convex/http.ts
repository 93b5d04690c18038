import { httpRouter, type RoutableMethod } from "convex/server";
import { auth } from "./auth";
import { CALLBACK_PATH } from "./marketplaces/bricklink/connection/callbackUrl";
import { bricklinkWebhook } from "./marketplaces/bricklink/webhook";

const http = httpRouter();

auth.addHttpRoutes(http);

// Every method is routed, so a wrong one gets 405 and JSON instead of the platform's plain 404. HEAD is routed as GET.
const methods: RoutableMethod[] = ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];
for (const method of methods) {
  http.route({ path: CALLBACK_PATH, method, handler: bricklinkWebhook });
  http.route({ pathPrefix: `${CALLBACK_PATH}/`, method, handler: bricklinkWebhook });
}

export default http;
