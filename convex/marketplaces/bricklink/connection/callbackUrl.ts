/** The URL that BrickLink calls. BrickLink signs nothing, so the secret token in the URL is the only proof. */
import { isSecretToken } from "../../../lib/secretToken";

export const CALLBACK_PATH = "/api/bricklink/webhook";

/** The address to enter at BrickLink. `siteUrl`: where the deployment's HTTP actions are. */
export function callbackUrlOf(siteUrl: string, token: string): string {
  return `${siteUrl}${CALLBACK_PATH}/${token}`;
}

/** The token of a callback, from the path or from ?webhookToken=; null when there is none of the right shape. */
export function tokenOfCallback(url: URL): string | null {
  const inPath = url.pathname.startsWith(`${CALLBACK_PATH}/`)
    ? url.pathname.slice(CALLBACK_PATH.length + 1)
    : "";
  const token = inPath === "" ? (url.searchParams.get("webhookToken") ?? "") : inPath;
  return isSecretToken(token) ? token : null;
}
