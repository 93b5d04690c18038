/** Opens and closes the port of an HTTP server. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { HostError } from "../lib/errors";

const PORT_MAX = 65_535;

/** Listens on 127.0.0.1; port 0 chooses a free one. Returns the port. Throws HostError `portInUse`. */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isInUse = error.code === "EADDRINUSE";
      const message = isInUse
        ? `Port ${port} is in use. Stop the program that uses it, or choose another with --port (0 chooses free ones).`
        : `Port ${port} cannot be opened (${error.message}). Choose one from 1024 to ${PORT_MAX}, or 0.`;
      reject(new HostError("portInUse", message));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** How long closing waits for requests that are being answered. Chosen: far above what a callback takes. */
const DRAIN_TIMEOUT_MS = 5_000;

/** Accepts no more connections and resolves when every request is answered, or aborted after DRAIN_TIMEOUT_MS. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT_MS);
  await closed;
  clearTimeout(timer);
}
