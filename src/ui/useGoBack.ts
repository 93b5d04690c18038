import { useCanGoBack, useRouter } from "@tanstack/react-router";

/** Goes back in the history, which restores the filters of the table that one came from; to the orders where there is none. */
export function useGoBack(): () => void {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  return () => (canGoBack ? router.history.back() : void router.navigate({ to: "/" }));
}
