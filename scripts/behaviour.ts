/**
 * From `openapi/<api>/behaviour.yaml` to the table of one contract (docs/behaviour.md). Everything a table names is looked up in the bundle,
 * so that the mock can trust it.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Behaviour } from "../mock/state/types.ts";
import type { Answering } from "./behaviour-answers.ts";
import { compileCaller, compileIgnores, compileRequest, compileSamples } from "./behaviour-caller.ts";
import { compileCollection } from "./behaviour-collection.ts";
import { Part } from "./behaviour-part.ts";
import { compileResource, requestReference, resourceOf } from "./behaviour-resource.ts";
import { compileRows, refuseUnused, type Shared } from "./behaviour-rows.ts";
import { generatedSiblings, questionsOf, tableOf } from "./behaviour-sources.ts";
import { refuseMissing, type Places } from "./behaviour-views.ts";
import type { Sibling, Words } from "./behaviour-words.ts";
import { callsOf, type Call } from "./calls.ts";
import { stringAt, type Obj } from "./document.ts";
import { LatchError } from "./errors.ts";
import type { Entry } from "./registry.ts";
import { readYaml } from "./yaml.ts";

const KEYS = ["summary", "resource", "caller", "request", "ignores", "samples", "collection", "views", "guards", "calls"];

/** What any call of the contract answers: a caller is refused before its call is looked at. */
function anyAnswer(calls: Call[], who: string): Answering {
  const answers: Answering["answers"] = {};
  for (const [status, answer] of calls.flatMap((call) => Object.entries(call.answers))) (answers[status] ??= []).push(answer);
  return { who, answers };
}

function permissionOf({ permissions }: Call): { main?: string; role?: string } | undefined {
  const [main, role] = [stringAt(permissions, "main"), stringAt(permissions, "role")];
  return main === undefined && role === undefined
    ? undefined
    : { ...(main !== undefined && { main }), ...(role !== undefined && { role }) };
}

const byName = (part: Part | undefined): Map<string, Part> => new Map((part?.members() ?? []).map((member) => [member.name, member]));

function compileCalls(part: Part, own: Sibling, shared: Shared): Behaviour["calls"] {
  const known = new Set(shared.words.siblings.flatMap(({ calls }) => calls.map(({ id }) => id)));
  const parts = byName(part);
  for (const [name, member] of parts)
    if (!known.has(name)) member.fail(`No version has a call ${name}`, `choose from ${[...known].join(", ")}`);
  const compiled = Object.fromEntries(
    own.calls.map((call): [string, Behaviour["calls"][string]] => {
      const member = parts.get(call.id) ?? part.fail(`The table has no rows for ${call.id}`, "add it below calls");
      const permission = permissionOf(call);
      const rows = compileRows(member, { document: own.document, call }, shared);
      const job = member.at("job");
      return [call.id, { ...(permission && { permission }), ...(job && { job: requestReference(job, shared.words) }), rows }];
    }),
  );
  refuseMissing(shared.places);
  return compiled;
}

/**
 * @param root absolute path of the repository
 * @param entry the contract
 * @param document its bundle
 * @param siblings the other versions of the API: a table is for all of them; without them, those that were generated last
 * @returns plain JSON, or undefined where the API has no table
 * @throws LatchError for the first mistake, with its line
 */
export function compileBehaviour(
  root: string,
  entry: Pick<Entry, "api" | "version" | "key">,
  document: Obj,
  siblings: { version: string; document: Obj }[] = generatedSiblings(root, entry),
): Behaviour | undefined {
  const file = tableOf(entry.api);
  if (!existsSync(join(root, file))) return undefined;
  const yaml = readYaml(root, file, "write it, as docs/behaviour.md says");
  const table = new Part(yaml, file, yaml.value());
  table.members(KEYS);
  const all = [{ version: entry.version, document }, ...siblings.filter(({ version }) => version !== entry.version)];
  const words: Words = {
    siblings: all.map((sibling) => ({ ...sibling, calls: callsOf(sibling.document) })),
    fields: new Map(),
    derived: new Map(),
    requests: new Set(),
    collection: false,
    lifetime: table.at("caller")?.at("lifetime") !== undefined,
  };
  const own = words.siblings[0];
  if (!own) throw new LatchError(`The contract ${entry.key} has no document`, "bundle it first", { file });
  const [request, collection, caller] = [table.at("request"), table.at("collection"), table.at("caller")];
  const resource = resourceOf(root, table, entry.api);
  const [ignores, samples, views, guards] = [
    table.at("ignores"),
    table.at("samples"),
    byName(table.at("views")),
    byName(table.at("guards")),
  ];
  const calls = table.need("calls");
  const readme = `openapi/${entry.api}/README.md`;
  // In this order: what comes first gives the names that the next may use.
  const head = {
    api: entry.api,
    summary: table.need("summary").text().trim(),
    request: request ? compileRequest(request, words) : {},
    ...(collection && { collection: compileCollection(collection, words) }),
    ...(resource && { resource: compileResource(resource.part, words, resource.api) }),
    ...(caller && { caller: compileCaller(caller, words, anyAnswer(own.calls, entry.key)) }),
    ignores: ignores ? compileIgnores(ignores, words, entry.version) : [],
    samples: samples ? compileSamples(samples, words) : {},
  };
  const keyed = head.resource?.key !== undefined;
  if (words.lifetime && keyed)
    caller
      ?.need("lifetime")
      .fail("Tokens end, and there are many resources", "leave lifetime out: who shows a token has not named a resource yet");
  const places: Places = new Map();
  const shared: Shared = { words, views, places, guards, questions: questionsOf(root, readme), readme };
  const compiled = { ...head, calls: compileCalls(calls, own, shared) };
  refuseUnused(guards, calls.value, "guard");
  refuseUnused(views, [calls.value, table.at("guards")?.value], "view");
  return compiled;
}
