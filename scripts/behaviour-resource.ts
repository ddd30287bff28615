/** The resource of a table: what is remembered of it, and what is derived from that. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isOfRequest, parseReference } from "../mock/state/references.ts";
import type { Json, ResourceSpec } from "../mock/state/types.ts";
import { referencesIn } from "../mock/state/values.ts";
import { Part, patternAt } from "./behaviour-part.ts";
import { compileWhen } from "./behaviour-tests.ts";
import { tableOf } from "./behaviour-sources.ts";
import { checkName, checkReference, checkValue, type Words } from "./behaviour-words.ts";
import { readYaml } from "./yaml.ts";

/** A reference that is asked of the request alone. */
export function requestReference(part: Part, words: Words): string {
  const text = part.text();
  checkReference(part, text, words);
  const kind = parseReference(text)?.kind;
  return isOfRequest(text) && kind !== "caller" && kind !== "new" && kind !== "item"
    ? text
    : part.fail(`${text} is not said by the request`, "name something of path, query, header, body or request");
}

function compileField(part: Part, words: Words): ResourceSpec["fields"][string] {
  part.members(["values", "initial"]);
  const values = part
    .at("values")
    ?.items()
    .map(({ value }) => value as Json);
  const first = part.need("initial");
  const initial = checkValue(first, words);
  for (const text of referencesIn(initial))
    if (!isOfRequest(text) && parseReference(text)?.kind !== "now")
      first.fail(`A field cannot begin as ${text}`, "take a literal, now, or something that the request or the caller says");
  if (values && referencesIn(initial).length === 0 && !values.some((value) => value === initial))
    first.fail(`${JSON.stringify(initial)} is no value of ${part.name}`, `choose from ${values.map(String).join(", ")}`);
  words.fields.set(checkName(part), values);
  return { ...(values && { values }), initial };
}

function compileDerived(part: Part, words: Words): ResourceSpec["derived"][string] {
  const items = part.items();
  const rows = items.map((item, index) => {
    item.members(["when", "is"]);
    const [when, is] = [item.at("when"), item.need("is")];
    if (index === items.length - 1 && when) when.fail(`The last row of ${part.name} has a when`, "add a row that always holds");
    if (index < items.length - 1 && !when)
      item.fail(`This row of ${part.name} always holds, and others follow`, "add a when, or move it to the end");
    return { ...(when && { when: compileWhen(when, words) }), is: checkValue(is, words) };
  });
  if (rows.length === 0) part.fail(`${part.name} has no rows`, "write one that always holds");
  if (words.fields.has(part.name)) part.fail(`${part.name} is a field already`, "give it another name");
  const literal = rows.every(({ is }) => referencesIn(is).length === 0);
  words.derived.set(checkName(part), literal ? rows.map(({ is }) => is) : undefined);
  return rows;
}

/**
 * Where the resource of a table is described: here, or in the table of another API that acts on the same (`from: huawei-ecs-native`).
 * @param table the whole of it
 * @returns the part, and the API whose it is
 * @throws LatchError when the other table is not there, or has none itself
 */
export function resourceOf(root: string, table: Part, api: string): { part: Part; api: string } | undefined {
  const part = table.at("resource");
  const from = part?.at("from");
  if (!part || !from) return part && { part, api };
  part.members(["from"]);
  const other = from.text();
  const file = tableOf(other);
  if (!existsSync(join(root, file))) from.fail(`There is no table ${file}`, "name an API whose table describes the resource");
  const yaml = readYaml(root, file, "write it, as docs/behaviour.md says");
  const described = new Part(yaml, file, yaml.value()).at("resource");
  if (!described || described.at("from")) return from.fail(`${file} describes no resource itself`, "name the API whose table does");
  return { part: described, api: other };
}

/** @param words gets the fields, in their order: a derived one may speak of those above it */
export function compileResource(part: Part, words: Words, api: string): ResourceSpec {
  part.members(["name", "space", "key", "format", "fields", "derived", "diagram"]);
  const [key, format, diagram] = [part.at("key"), part.at("format"), part.at("diagram")];
  const spec: ResourceSpec = { name: part.need("name").text(), space: part.at("space")?.text() ?? api, fields: {}, derived: {} };
  if (key) spec.key = requestReference(key, words);
  if (format) spec.format = patternAt(format, "iu");
  for (const field of part.need("fields").members()) spec.fields[checkName(field)] = compileField(field, words);
  for (const field of part.at("derived")?.members() ?? []) spec.derived[checkName(field)] = compileDerived(field, words);
  if (diagram) {
    spec.diagram = diagram.text();
    if (!words.fields.has(spec.diagram) && !words.derived.has(spec.diagram))
      diagram.fail(`There is no field ${spec.diagram}`, "name a field");
  }
  return spec;
}
