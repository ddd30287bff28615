/** A body between an entrance and an exit, of which neither hides what the other throws. */

/**
 * Two errors as one: `SuppressedError`, or an error in its shape where the platform has none (Node 20).
 * @param error what happened later, on the way out
 * @param first what happened before
 */
export function suppressed(error: unknown, first: unknown): Error {
  const message = `${String(first)}; and on the way out: ${String(error)}`;
  if (typeof SuppressedError === "function") return new SuppressedError(error, first, message);
  return Object.assign(new Error(message), { name: "SuppressedError", error, suppressed: first });
}

/**
 * @param body the work
 * @param leave what follows it in any case. @param failed whether the body threw
 * @returns what the body gives
 * @throws what the body throws; what `leave` throws; where both do, a `SuppressedError` with the body's as `suppressed`
 */
export async function scoped<Value>(body: () => Promise<Value>, leave: (failed: boolean) => Promise<void>): Promise<Value> {
  let value: Value;
  try {
    value = await body();
  } catch (first) {
    try {
      await leave(true);
    } catch (error) {
      throw suppressed(error, first);
    }
    throw first;
  }
  await leave(false);
  return value;
}
