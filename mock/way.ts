/** A request on its way through a contract. */
import type { Call } from "../scripts/calls.ts";
import type { Route } from "./routes.ts";
import type { Target } from "./target.ts";
import type { MockRequest, Note } from "./types.ts";
import { DEFAULT_WORLD, type WorldView } from "./worlds.ts";

/** A request on its way through a contract, and how far it came. */
export interface Way {
  request: MockRequest;
  target: Target;
  world: WorldView;
  /** Any call of the operation: until the body names the action, its answers are near enough. */
  near?: Call;
  call?: Call;
  row?: string;
}

/** What the log says of it. @param contract key of the contract */
export function noteOf(contract: string, { call, row, world }: Way): Note {
  const note: Note = { contract };
  if (world.name !== DEFAULT_WORLD) note.world = world.name;
  if (call) note.call = call.id;
  if (row !== undefined) note.row = row;
  return note;
}

/** Where the client has the vendor's host, as it wrote it: `http://127.0.0.1:4010/oracle-ecb`. */
export function rootOf({ signed, origin = "http://localhost", url }: MockRequest, { path }: Target): string {
  const whole = (signed ?? origin + url).replace(/[?#].*$/s, "");
  // Without a path the target says `/` all the same.
  return whole.endsWith(path) ? whole.slice(0, whole.length - path.length) : whole;
}

/** Where it has the contract's server: `http://127.0.0.1:4010/oracle-ecb/rest/v1.1`. */
export function addressOf(request: MockRequest, target: Target, { template, path }: Route): string {
  const base = template.slice(0, template.length - path.length);
  return rootOf(request, target) + target.path.slice(0, base.length);
}
