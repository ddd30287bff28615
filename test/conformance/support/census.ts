/**
 * How many calls and statuses the contracts document, counted from the files themselves: what the tests walk comes from `callsOf`, so
 * a call that `callsOf` forgets would be missed without a word if the count came from there too.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isObject, objectAt, stringAt, valueAt, type Obj } from "../../../scripts/document.ts";
import { ROOT } from "../../../scripts/root.ts";

const METHODS = /^(get|put|post|delete|options|head|patch|trace)$/;

/** What carries `x-call` anywhere in a request body, however the body joins its actions. */
function actionsOf(document: Obj, node: unknown, seen = new Set<unknown>()): Obj[] {
  if (typeof node !== "object" || node === null || seen.has(node)) return [];
  seen.add(node);
  const ref = stringAt(node, "$ref");
  if (ref !== undefined) return actionsOf(document, valueAt(document, ref), seen);
  if (isObject(node) && isObject(node["x-call"])) return [node];
  return Object.values(node).flatMap((child) => actionsOf(document, child, seen));
}

function pairsOf(document: Obj): string[] {
  const operations = Object.values(objectAt(document, "paths"))
    .filter(isObject)
    .flatMap((item) => Object.entries(item).flatMap(([key, operation]) => (METHODS.test(key) && isObject(operation) ? [operation] : [])));
  return operations.flatMap((operation) => {
    const documented = Object.keys(objectAt(operation, "responses"));
    const actions = actionsOf(document, operation["requestBody"]).map((schema) => objectAt(schema, "x-call"));
    if (actions.length === 0) return documented.map((status) => `${stringAt(operation, "operationId")} ${status}`);
    return actions.flatMap((call) => {
      const own = objectAt(call, "responses");
      const given = documented.filter((status) => (status.startsWith("2") ? own[status] !== undefined : true) && own[status] !== "never");
      return given.map((status) => `${stringAt(call, "id")} ${status}`);
    });
  });
}

/** `huawei-ecs@v1 showJob 200` for every status of every call of every bundle under generated/, in no particular order. */
export function takeCensus(): string[] {
  return globSync("generated/*/v*/openapi.yaml", { cwd: ROOT }).flatMap((file) => {
    const [, api, version] = file.split("/");
    // The mock's own API is no contract (docs/decisions/0010); test/control counts its answers.
    if (api === "latch-control") return [];
    const document: unknown = parse(readFileSync(join(ROOT, file), "utf8"));
    return isObject(document) ? pairsOf(document).map((pair) => `${api}@${version} ${pair}`) : [];
  });
}
