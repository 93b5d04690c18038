import { useConvexConnectionState } from "convex/react";
import { useEffect, useState } from "react";
import type { PageConnection } from "./storeHealth";

/** Whether the browser has a network, or needs none because the server is on the same machine. */
function useIsOnline(): boolean {
  const [isOnline, setIsOnline] = useState(navigator.onLine);
  useEffect(() => {
    const goOnline = () => setIsOnline(true);
    // A browser without a network calls itself offline also where the server is on its own machine, so it asks for the page.
    const tryServer = () => {
      void fetch(location.origin, { method: "HEAD", cache: "no-store" }).then(goOnline, () =>
        setIsOnline(navigator.onLine),
      );
    };
    if (!navigator.onLine) tryServer();
    window.addEventListener("online", goOnline);
    window.addEventListener("offline", tryServer);
    return () => {
      window.removeEventListener("online", goOnline);
      window.removeEventListener("offline", tryServer);
    };
  }, []);
  return isOnline;
}

/** This page's connection. When the network is lost, the browser says so at once, the socket notices it only some time later. */
export function usePageConnection(): PageConnection {
  const { isWebSocketConnected, hasEverConnected } = useConvexConnectionState();
  const isOnline = useIsOnline();
  return { isConnected: isWebSocketConnected && isOnline, isOnline, hasEverConnected };
}
