/** What a Node process really holds: the heap after a collection, asked through its inspector. RSS moves in waves as wide as the heap itself. */

/** One command of the DevTools protocol. @throws Error when the inspector refuses it */
function call(socket: WebSocket, id: number, method: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const hear = ({ data }: MessageEvent): void => {
      const message = JSON.parse(String(data)) as { id?: number; result?: Record<string, unknown>; error?: { message: string } };
      if (message.id !== id) return;
      socket.removeEventListener("message", hear);
      if (message.result) resolve(message.result);
      else reject(new Error(`The inspector refused ${method}: ${message.error?.message}`));
    };
    socket.addEventListener("message", hear);
    socket.send(JSON.stringify({ id, method }));
  });
}

/**
 * Collect garbage in a process and see what is left.
 * @param output what it printed at its start with `--inspect=127.0.0.1:0`
 * @returns MB (10^6 bytes), with the buffers that stand outside the heap
 */
export async function heldMegabytes(output: string): Promise<number> {
  const url = /ws:\/\/127\.0\.0\.1:\d+\/[\w-]+/.exec(output)?.[0];
  if (url === undefined) throw new Error("The server has no inspector.");
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", () => reject(new Error("The inspector does not answer.")));
  });
  await call(socket, 1, "HeapProfiler.collectGarbage");
  const usage = await call(socket, 2, "Runtime.getHeapUsage");
  socket.close();
  return (Number(usage["usedSize"]) + Number(usage["backingStorageSize"] ?? 0)) / 1e6;
}
