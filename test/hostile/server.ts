/** A mock in a process of its own that says how much memory it holds: run with --expose-gc and an IPC channel. */
import { createMockServer } from "../../mock/http.ts";
import { loadContracts } from "../../mock/load.ts";
import { ROOT } from "../../scripts/root.ts";

const server = createMockServer({
  contracts: await loadContracts(ROOT),
  now: "2025-06-01",
  headersTimeout: Number(process.argv[2] ?? 20_000),
});
const { port, close } = await server.listen(0);

process.on("message", (message) => {
  if (message === "memory") {
    // Twice: what the first run frees, finalisers included, the second one counts.
    globalThis.gc?.();
    globalThis.gc?.();
    process.send?.({ heap: process.memoryUsage().heapUsed, external: process.memoryUsage().external });
  } else if (message === "stop") void close().then(() => process.disconnect());
});
process.send?.({ port });
