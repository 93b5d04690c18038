import rateLimiter from "@convex-dev/rate-limiter/convex.config";
import { defineApp } from "convex/server";
import { environment } from "./environment";

const app = defineApp({ env: environment });

app.use(rateLimiter);

export default app;
