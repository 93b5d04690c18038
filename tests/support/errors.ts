/** Resolves to the code of the `ConvexError` that a call throws, to its text for other errors, and to "allowed" if it succeeds. */
export async function errorCodeOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => "allowed",
    (error: unknown) => (error as { data?: { code?: string } }).data?.code ?? String(error),
  );
}
