/**
 * Stamping: what the root says once is written onto every operation of the bundle, so that docs, types and mocks all see it.
 * The lifecycle's dates come from the vendor's document; whether one has passed depends on a clock and is never stamped.
 */
import { METHODS, arrayAt, isObject, objectAt, resolve, stringAt, type Obj } from "./document.ts";
import { pruneComponents } from "./prune.ts";
import { specialiseRefusals } from "./specialise.ts";

const everyOperation = (document: Obj): Obj[] =>
  Object.values(objectAt(document, "paths")).flatMap((item) =>
    METHODS.map((method) => objectAt(item, method)).filter((operation) => Object.keys(operation).length > 0),
  );

/** `x-pin: virtualserver {version}` becomes the constant of this version. */
function pin(parameter: Obj, version: string, required: boolean): void {
  const template = stringAt(parameter, "x-pin");
  if (template === undefined) return;
  const value = template.replace("{version}", version);
  // A constant says everything a pattern or an enumeration could.
  parameter["schema"] = { type: "string", const: value };
  parameter["examples"] = { pinned: { summary: `Version ${version}`, value } };
  parameter["required"] = required;
}

/**
 * @param document a bundle; it is not changed
 * @returns a copy with `deprecated` and `x-sunset` on every operation, with pinned version headers and refusals that name the permission.
 *   A pinned header is required unless the version is CURRENT: without it the vendor serves the CURRENT one.
 */
export function stamp(document: Obj): Obj {
  const stamped: Obj = structuredClone(document);
  const info = objectAt(stamped, "info");
  const lifecycle = objectAt(info, "x-lifecycle");
  const version = stringAt(info, "version") ?? "";
  const current = lifecycle["state"] === "CURRENT";
  const notBefore = stringAt(lifecycle, "notBefore");
  for (const operation of everyOperation(stamped)) {
    if (lifecycle["state"] === "DEPRECATED") operation["deprecated"] = true;
    if (notBefore) operation["x-sunset"] = notBefore;
  }
  const parameters: unknown[] = Object.values(objectAt(objectAt(stamped, "components"), "parameters"));
  for (const item of Object.values(objectAt(stamped, "paths"))) {
    parameters.push(...arrayAt(item, "parameters"), ...METHODS.flatMap((method) => arrayAt(objectAt(item, method), "parameters")));
  }
  for (const parameter of parameters) {
    const own = resolve(stamped, parameter);
    if (isObject(own)) pin(own, version, !current);
  }
  specialiseRefusals(stamped);
  pruneComponents(stamped);
  return stamped;
}
