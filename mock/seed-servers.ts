/** The servers of a seed file, each with the table of its api. */
import { isObject } from "../scripts/document.ts";
import { fieldRules, type FieldRule } from "./field-values.ts";
import { once } from "./once.ts";
import { quoted, SeedError } from "./seed-error.ts";
import { equal } from "./state/conditions.ts";
import { prepare } from "./state/prepare.ts";
import type { Behaviour, Fields, Json, ResourceSpec } from "./state/types.ts";
import type { Contract } from "./types.ts";

/** An api whose resources a seed file can name. */
interface Kind {
  behaviour: Behaviour;
  resource: ResourceSpec;
  rules: () => Map<string, FieldRule>;
}

function kindsOf(contracts: Contract[]): Map<string, Kind> {
  const kinds = new Map<string, Kind>();
  for (const { api, behaviour } of contracts) {
    const { resource } = behaviour ?? {};
    if (!behaviour || !resource) continue;
    const rules = once(() => fieldRules(contracts.filter((other) => other.behaviour?.resource?.space === resource.space)));
    kinds.set(api, { behaviour, resource, rules });
  }
  return kinds;
}

/** Text that nobody has to quote stands as it is. */
const shown = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

function fieldOf({ resource, rules }: Kind, name: string, field: string, value: unknown): Json {
  const path = ["servers", name, field];
  const spec = Object.hasOwn(resource.fields, field) ? resource.fields[field] : undefined;
  if (!spec) {
    const fields = Object.keys(resource.fields).join(", ");
    throw new SeedError(path, `A ${resource.name} of ${resource.space} has no field ${field}`, `choose from ${fields}`);
  }
  const known = spec.values?.find((one) => equal(one, value as Json));
  if (spec.values && known === undefined)
    throw new SeedError(path, `${path.join(".")} is one of ${spec.values.map(shown).join(", ")}`, "write one of them");
  const form = spec.values ? undefined : rules().get(field)?.(value);
  if (form !== undefined)
    throw new SeedError(path, `${path.join(".")} must be ${form}`, form.startsWith("text") ? quoted(value) : undefined);
  // It was found equal to a value of the table, or fits a schema: either way it is JSON.
  return value as Json;
}

function kindOf(kinds: Map<string, Kind>, name: string, server: unknown): [Kind, Record<string, unknown>] {
  const path = ["servers", name];
  const choices = [...kinds].flatMap(([api, { resource }]) => (resource.key === undefined ? [] : [api])).join(", ");
  if (!isObject(server)) throw new SeedError(path, `The server ${name} is not a map`, `give it an api (${choices}), an id and fields`);
  const { api } = server;
  const kind = typeof api === "string" ? kinds.get(api) : undefined;
  if (kind && kind.resource.key !== undefined) return [kind, server];
  const what = kind
    ? `${String(api)} has one ${kind.resource.name} per world, which is not in a seed file`
    : api === undefined
      ? `The server ${name} needs an api`
      : `There is no api ${shown(api as Json)} for the server ${name}`;
  const fix = kind
    ? `set it with PUT /_latch/resources/${kind.resource.space}/-`
    : choices === ""
      ? "serve one that has servers"
      : `choose from ${choices}`;
  throw new SeedError(api === undefined ? path : [...path, "api"], what, fix);
}

/** @returns space → key → fields. @throws SeedError */
export function readServers(entries: [string, unknown][], contracts: Contract[]): Record<string, Record<string, Fields>> {
  const kinds = kindsOf(contracts);
  const resources = new Map<string, Map<string, Fields>>();
  const names = new Map<string, string>();
  for (const [name, given] of entries) {
    const [kind, { id, ...rest }] = kindOf(kinds, name, given);
    delete rest["api"];
    const { behaviour, resource } = kind;
    const path = ["servers", name, "id"];
    if (id === undefined) throw new SeedError(path.slice(0, 2), `The server ${name} needs an id`, "add it");
    if (typeof id !== "string") throw new SeedError(path, `servers.${name}.id must be text`, quoted(id));
    const fields = Object.fromEntries(Object.entries(rest).map(([field, value]) => [field, fieldOf(kind, name, field, value)]));
    const key = id.toLowerCase();
    if (prepare(behaviour).format?.test(key) === false)
      throw new SeedError(path, `${id} is no id of a ${resource.name}`, `write one that fits ${resource.format ?? ""}`);
    const twin = names.get(`${resource.space}/${key}`);
    if (twin !== undefined)
      throw new SeedError(path, `The servers ${twin} and ${name} are the same one`, "name it once, or give each its own id");
    names.set(`${resource.space}/${key}`, name);
    const space = resources.get(resource.space) ?? new Map<string, Fields>();
    resources.set(resource.space, space.set(key, "name" in resource.fields && !("name" in fields) ? { ...fields, name } : fields));
  }
  return Object.fromEntries([...resources].map(([space, known]) => [space, Object.fromEntries(known)]));
}
