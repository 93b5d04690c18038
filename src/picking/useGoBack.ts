import { useCanGoBack, useRouter } from "@tanstack/react-router";

/** Goes back in the history, which restores the filters of the orders table where picking was opened from there. */
export function useGoBack(): () => void {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  return () => (canGoBack ? router.history.back() : void router.navigate({ to: "/" }));
}
