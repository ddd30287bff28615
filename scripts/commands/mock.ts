/** `latch mock`: serve until told to stop. */
import { createMockServer } from "../../mock/http.ts";
import { loadContracts } from "../../mock/load.ts";
import { LatchError } from "../errors.ts";
import { readRegistry, selectEntries } from "../registry.ts";
import { createSite } from "../site.ts";

const explainListen = (error: unknown, port: number): unknown => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return new LatchError(`Port ${port} is in use`, "choose another with --port or PORT, or 0 for a free one");
  if (code === "EACCES") return new LatchError(`Port ${port} may not be used by this user`, "choose one above 1023");
  return error;
};

/**
 * @param names contracts or apis; none for all; one contract alone is served at `/`
 * @throws LatchError when a bundle is missing or the port cannot be used
 */
export async function runMock(root: string, names: string[], options: { port: number; host: string; quiet?: boolean }): Promise<void> {
  const keys = new Set(selectEntries(readRegistry(root), names).map(({ key }) => key));
  const contracts = (await loadContracts(root)).filter(({ key }) => keys.has(key));
  const alone = names.length > 0 && contracts.length === 1 ? contracts[0] : undefined;
  const server = createMockServer({
    contracts,
    site: createSite(root),
    ...(alone && { alone: alone.key }),
    ...(!options.quiet && { log: (line: string) => console.log(line) }),
  });
  const listening = await server.listen(options.port, options.host).catch((error: unknown) => {
    throw explainListen(error, options.port);
  });
  if (alone) console.log(`${alone.key}  ${listening.url}/`);
  else {
    console.log(`mock           ${listening.url}/<api>/…   ${[...new Set(contracts.map(({ api }) => api))].join(", ")}`);
    console.log(`documentation  ${listening.url}/`);
  }
  const stop = (): void => void listening.close().then(() => process.exit(0));
  process.once("SIGINT", stop).once("SIGTERM", stop);
}
