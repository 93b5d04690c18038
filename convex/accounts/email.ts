/** Sending e-mail by Resend (https://resend.com/docs/api-reference/emails/send-email), the service that Convex Auth's guide uses. */
import { env } from "../_generated/server";

const RESEND_URL = "https://api.resend.com/emails";

/** No mail is worth an action's ten minutes. */
const TIMEOUT_MS = 15_000;

export function isEmailConfigured(): boolean {
  return (env.AUTH_RESEND_KEY ?? "") !== "" && (env.EMAIL_FROM ?? "") !== "";
}

/** Sends a plain text. Call it in actions only. Throws an Error, without the text, where Resend does not accept it. */
export async function sendEmail(to: string, subject: string, text: string): Promise<void> {
  const response = await fetch(RESEND_URL, {
    method: "POST",
    headers: { Authorization: `Bearer ${env.AUTH_RESEND_KEY ?? ""}`, "Content-Type": "application/json" },
    body: JSON.stringify({ from: env.EMAIL_FROM, to, subject, text }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`Resend refused an e-mail with status ${response.status}.`);
}
