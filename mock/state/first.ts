/** What a first touch would make of a resource that nobody has asked for yet. */
import { prepare } from "./prepare.ts";
import { requestScope } from "./resource.ts";
import { blank } from "./scope.ts";
import type { Aggregate, Behaviour, Caller, Fields } from "./types.ts";

/**
 * @param behaviour the table
 * @param key of the resource, in lower case; `""` where there is one per world
 * @param seeded what the seed file says of it
 * @param strict whether only what the seed file names exists
 * @returns undefined where there is no such resource
 */
export function firstTouch(behaviour: Behaviour, key: string, seeded: Fields | undefined, strict: boolean): Aggregate | undefined {
  const { resource, caller: callers } = behaviour;
  if (!resource || (resource.key === undefined) !== (key === "")) return undefined;
  const { format, initial } = prepare(behaviour);
  if ((strict && seeded === undefined) || (format !== undefined && !format.test(key))) return undefined;
  const name = resource.key?.replace(/^path\./, "") ?? "";
  const caller: Caller = { admin: callers?.unknown.admin ?? false };
  const scope = { ...requestScope({ call: "", path: { [name]: key }, query: new URLSearchParams(), headers: {} }), caller };
  const fields = initial.map(([field, read]) => [
    field,
    seeded !== undefined && Object.hasOwn(seeded, field) ? seeded[field] : read(scope),
  ]);
  return blank(Object.fromEntries(fields));
}
