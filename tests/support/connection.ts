/** The live connection between a page and its server, for tests to cut and restore. */
import type { Page, WebSocketRoute } from "playwright-core";

/** Lets a test cut the live connection of a page and restore it. */
export class Connection {
  private isOffline = false;
  private readonly sockets: WebSocketRoute[] = [];

  async intercept(page: Page): Promise<void> {
    await page.routeWebSocket(/\/sync$/, (socket) => {
      if (this.isOffline) {
        void socket.close();
        return;
      }
      socket.connectToServer();
      this.sockets.push(socket);
    });
  }

  async cut(): Promise<void> {
    this.isOffline = true;
    for (const socket of this.sockets.splice(0)) await socket.close();
  }

  restore(): void {
    this.isOffline = false;
  }
}
