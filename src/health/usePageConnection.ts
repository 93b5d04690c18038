import { useConvexConnectionState } from "convex/react";
import { useSyncExternalStore } from "react";
import type { PageConnection } from "./storeHealth";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("online", onChange);
  window.addEventListener("offline", onChange);
  return () => {
    window.removeEventListener("online", onChange);
    window.removeEventListener("offline", onChange);
  };
}

/** This page's connection. When the network is lost, the browser says so at once, the socket notices it only some time later. */
export function usePageConnection(): PageConnection {
  const { isWebSocketConnected, hasEverConnected } = useConvexConnectionState();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return { isConnected: isWebSocketConnected && isOnline, isOnline, hasEverConnected };
}
