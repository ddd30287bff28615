/** Whether latch is there, whether it can do its work, which worlds there are, and what the control API looks like. */
import { isObject, objectAt, type Obj } from "../../scripts/document.ts";
import { chain } from "../store/types.ts";
import { DEFAULT_WORLD } from "../worlds.ts";
import { json } from "./answer.ts";
import { Mistake } from "./mistake.ts";
import type { Operation } from "./types.ts";

export const showHealth: Operation = {
  run: ({ tools: { context } }) => json({ status: "ok", version: context.version, contracts: context.contracts.map(({ key }) => key) }),
};

const notReady = (sentence: string): Mistake => new Mistake(503, sentence, {}, { "retry-after": "1" });

/** The store's own words say which server it is, and hold no password. */
const reasonOf = (error: unknown): string =>
  error instanceof Error && error.message !== "" ? error.message : "The store cannot be reached";

export const showReadiness: Operation = {
  run({ tools: { context } }) {
    if (context.closing()) throw notReady("The server is closing: send requests to another one");
    try {
      const reached = context.worlds.store.ping();
      if (!(reached instanceof Promise)) return json({ status: "ready" });
      return reached.then(
        () => json({ status: "ready" }),
        (error: unknown) => {
          throw notReady(reasonOf(error));
        },
      );
    } catch (error) {
      throw notReady(reasonOf(error));
    }
  },
};

export const listWorlds: Operation = {
  run: ({ tools: { context } }) =>
    chain(context.worlds.store.worlds(), (names) => json({ worlds: [...new Set([DEFAULT_WORLD, ...names])].toSorted() })),
};

/** As this server has it: its own name of the world header, its own address. */
function asServed(document: Obj, header: string): Obj {
  const components = objectAt(document, "components");
  const parameters = objectAt(components, "parameters");
  const world = { ...objectAt(parameters, "World"), name: header };
  const servers = [{ url: "/", description: "The server that this document came from." }];
  return { ...document, servers, components: { ...components, parameters: { ...parameters, World: world } } };
}

export const showDocument: Operation = {
  // Loaded when it is asked for: it is most of what the control API weighs.
  async run({ tools: { context } }) {
    const { document }: { document: unknown } = await import("../../generated/latch-control/v1/document.ts");
    return json(asServed(isObject(document) ? document : {}, context.header));
  },
};
