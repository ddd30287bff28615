/** Where the operations of the control API stand. The document says the same; a test holds both equal. */
import { advanceClock, resetClock, setClock, showClock } from "./clock.ts";
import { addFault, listFaults, deleteFault, deleteFaults } from "./faults.ts";
import { listWorlds, showDocument, showHealth, showReadiness } from "./health.ts";
import { changeResource, deleteResource, setResource, showResource } from "./resources.ts";
import { setSeed, showSeed } from "./seed.ts";
import { resetState, restoreState, showState } from "./state.ts";
import type { Operation } from "./types.ts";

export interface ControlRoute {
  /** As the document writes it. */
  template: string;
  /** By method. */
  operations: Map<string, Operation>;
}

const route = (template: string, operations: { [method: string]: Operation }): ControlRoute => ({
  template,
  operations: new Map(Object.entries(operations)),
});

export const ROUTES: ControlRoute[] = [
  route("/_latch/health", { GET: showHealth }),
  route("/_latch/ready", { GET: showReadiness }),
  route("/_latch/worlds", { GET: listWorlds }),
  route("/_latch/state", { GET: showState, PUT: restoreState, DELETE: resetState }),
  route("/_latch/resources/{space}/{id}", { GET: showResource, PUT: setResource, PATCH: changeResource, DELETE: deleteResource }),
  route("/_latch/clock", { GET: showClock, PUT: setClock, DELETE: resetClock }),
  route("/_latch/clock/advance", { POST: advanceClock }),
  route("/_latch/faults", { GET: listFaults, POST: addFault, DELETE: deleteFaults }),
  route("/_latch/faults/{id}", { DELETE: deleteFault }),
  route("/_latch/seed", { GET: showSeed, PUT: setSeed }),
  route("/_latch/openapi.json", { GET: showDocument }),
];

export interface FoundRoute {
  route: ControlRoute;
  params: Record<string, string>;
}

const HOLE = /^\{(\w+)\}$/;

function match(template: string, segments: string[]): Record<string, string> | undefined {
  const steps = template.slice(1).split("/");
  if (steps.length !== segments.length) return undefined;
  const params: [string, string][] = [];
  for (const [index, step] of steps.entries()) {
    const segment = segments[index] ?? "";
    const name = HOLE.exec(step)?.[1];
    if (name === undefined ? step !== segment : segment === "") return undefined;
    if (name !== undefined) params.push([name, segment]);
  }
  return Object.fromEntries(params);
}

/** @param segments decoded: `["_latch", "clock"]` */
export function findControlRoute(segments: string[]): FoundRoute | undefined {
  for (const found of ROUTES) {
    const params = match(found.template, segments);
    if (params) return { route: found, params };
  }
  return undefined;
}

/** The methods of a route as `Allow` lists them: HEAD goes with GET, and OPTIONS is always there. */
export function allowed({ operations }: ControlRoute): string {
  const methods = [...operations.keys()].flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return [...methods, "OPTIONS"].join(", ");
}
