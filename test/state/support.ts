/** Two small APIs with tables, compiled the way `generate` does it, and short words to ask them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { identify, type CallerContext } from "../../mock/state/caller.ts";
import { decide, type DecideContext, type Outcome } from "../../mock/state/decide.ts";
import { keyOf } from "../../mock/state/resource.ts";
import { render, type Rendered } from "../../mock/state/render.ts";
import type { Aggregate, Asked, Behaviour, Caller } from "../../mock/state/types.ts";
import { compileBehaviour } from "../../scripts/behaviour.ts";
import { callsOf } from "../../scripts/calls.ts";
import { objectAt, resolveObject, type Obj } from "../../scripts/document.ts";

const fixture = (file: string): string => readFileSync(new URL(`fixtures/${file}`, import.meta.url), "utf8");

export const DOOR_TABLE = fixture("door.behaviour.yaml");
export const SHELF_TABLE = fixture("shelf.behaviour.yaml");
/** A fresh one each time: nothing of a test may depend on another. */
export const documentOf = (api: "door" | "shelf"): Obj => parse(fixture(`${api}.openapi.yaml`), { merge: true }) as Obj;

export interface Versions {
  version: string;
  document: Obj;
  siblings: { version: string; document: Obj }[];
  /** Tables of other APIs in the same repository. */
  tables: Record<string, string>;
}

/** `compileBehaviour` in a repository of one API with two versions, the second of which has the calls of the first. */
export function compile(
  api: "door" | "shelf",
  table: string,
  { version = "v1", document = documentOf(api), siblings, tables = {} }: Partial<Versions> = {},
): Behaviour {
  const root = mkdtempSync(join(tmpdir(), "latch-behaviour-"));
  try {
    const files: [string, string][] = [
      ...Object.entries(tables).map(([other, text]): [string, string] => [`${other}/behaviour.yaml`, text]),
      [`${api}/behaviour.yaml`, table],
      [`${api}/README.md`, fixture("door.README.md")],
    ];
    for (const [name, text] of files) {
      const file = join(root, "openapi", name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const others = siblings ?? [{ version: version === "v1" ? "v2" : "v1", document: documentOf(api) }];
    const behaviour = compileBehaviour(root, { api, version, key: `${api}@${version}` }, document, others);
    if (!behaviour) throw new Error("There is a table, and it was not found.");
    return behaviour;
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Freezes everything, so that whoever changes its input fails. */
export function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

export const DOOR = freeze(compile("door", DOOR_TABLE));
export const SHELF = freeze(compile("shelf", SHELF_TABLE));

export const ALICE: Caller = { user: "alice", project: "house-1", admin: false };
export const BOB: Caller = { user: "bob", project: "house-1", admin: false };

/** A request; the path is that of a door unless it says otherwise. */
export const asking = (call: string, more: Partial<Omit<Asked, "query">> & { query?: string } = {}): Asked => ({
  call,
  path: { house: "house-1", door: "door-7" },
  headers: {},
  ...more,
  query: new URLSearchParams(more.query),
});

export const context = (more: Partial<DecideContext> = {}): DecideContext => ({ now: 0, seed: "seed", strict: false, ...more });

export const nobodyKnown = (more: Partial<CallerContext> = {}): CallerContext => ({
  strict: false,
  now: 0,
  callers: {},
  tokens: {},
  issued: {},
  ...more,
});

/** One after the other, on what the one before left: everything is frozen. */
export function play(behaviour: Behaviour, steps: [Asked, Caller, number][], seed = "seed"): Outcome[] {
  let aggregate: Aggregate | undefined;
  return steps.map(([asked, caller, now]) => {
    const key = keyOf(behaviour, asked) ?? "door-7";
    const outcome = decide(behaviour, freeze(asked), freeze(caller), freeze(context({ now, seed, key })), aggregate && freeze(aggregate));
    aggregate = outcome.next ?? aggregate;
    return outcome;
  });
}

/** Who asks, where that is not refused. */
export function callerOf(behaviour: Behaviour, asked: Asked, more: Partial<CallerContext> = {}): Caller {
  const found = identify(behaviour, asked, nobodyKnown(more));
  if ("refused" in found) throw new Error(found.reason);
  return found;
}

/** The example of a row's answer as the contract has it, filled. */
export function show(behaviour: Behaviour, { row, scope }: Outcome): Rendered & { json: unknown } {
  const document = documentOf(behaviour.api === "door" ? "door" : "shelf");
  const call = callsOf(document).find(({ id }) => row.id.startsWith(`${id}/`));
  const answer = call?.answers[row.answer.status];
  const { mediaType, response } = answer ?? {};
  const media = objectAt(objectAt(response, "content"), mediaType ?? "");
  const { value } = resolveObject(document, objectAt(media, "examples")[row.answer.example ?? ""]);
  const given = Object.entries(objectAt(response, "headers")).map(([name, header]) => [
    name.toLowerCase(),
    String(objectAt({ header }, "header")["example"] ?? ""),
  ]);
  const headers = Object.fromEntries(given.filter(([, text]) => text !== "")) as Record<string, string>;
  const made = render(
    behaviour,
    row.answer,
    scope,
    freeze({ headers, ...(value !== undefined && { value }), ...(mediaType !== undefined && { mediaType }) }),
  );
  return { ...made, json: made.body.startsWith("{") ? JSON.parse(made.body) : undefined };
}
