import { expect, it } from "vitest";
import { newSecretToken } from "../../../../../convex/lib/secretToken";
import { tokenOfCallback } from "../../../../../convex/marketplaces/bricklink/connection/callbackUrl";

it("a callback token is read from the URL's path or query, and text of any other shape is not a token", () => {
  const token = newSecretToken();
  const tokenIn = (rest: string) => tokenOfCallback(new URL(`https://x.test/api/bricklink/webhook${rest}`));
  expect(tokenIn(`/${token}`)).toBe(token);
  expect(tokenIn(`?webhookToken=${token}`)).toBe(token);
  for (const wrong of ["", "/", `/${token}x`, `/${token}/more`, "?webhookToken=", `/${token.slice(1)}!`]) {
    expect(tokenIn(wrong)).toBeNull();
  }
});
