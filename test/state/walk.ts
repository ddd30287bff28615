/** Any requests to a real contract, one after the other, made of the contract's own examples, and what the table makes of them. */
import fc from "fast-check";
import { identify } from "../../mock/state/caller.ts";
import { decide, type Outcome } from "../../mock/state/decide.ts";
import { render, type Rendered } from "../../mock/state/render.ts";
import { jobIdOf, keyOf } from "../../mock/state/resource.ts";
import type { Aggregate, Asked, Behaviour, Fields, Json, KnownCaller } from "../../mock/state/types.ts";
import { arrayAt, isObject, objectAt, resolveObject, stringAt, type Obj } from "../../scripts/document.ts";
import type { Call } from "../../scripts/calls.ts";
import { exampleValues, parametersOf } from "../conformance/support/requests.ts";
import type { Subject } from "../conformance/support/contracts.ts";
import { freeze, nobodyKnown } from "./support.ts";

export interface Step {
  asked: Asked;
  /** Milliseconds since the step before. */
  wait: number;
}

/** Well-formed and not. */
const OTHER_KEYS = ["0a1b2c3d-0000-4000-8000-0123456789AB", "other"];
/** Anybody, and callers that rows ask about; each credential is a token and an access key. */
const CALLERS: Record<string, KnownCaller> = Object.fromEntries(
  Object.entries({
    poor: { policy: [] },
    reader: { role: "reader" },
    boss: { admin: true, project: "elsewhere" },
    stranger: { project: "elsewhere" },
  }).map(([name, caller]) => [name, { ...caller, token: name, accessKey: name }]),
);
const CREDENTIALS = ["one", "two", "dXNlcjpwYXNz", ...Object.keys(CALLERS)];

/** Stands for the id of the job that was made last. */
const LAST_JOB = "the last job";

function bodiesOf(document: Obj, call: Call): { body: unknown; mediaType: string }[] {
  const content = Object.entries(objectAt(resolveObject(document, call.operation["requestBody"]), "content"));
  return content.flatMap(([mediaType, media]) =>
    Object.entries(objectAt(media, "examples"))
      .filter(([key]) => call.requestExamples.includes(key))
      .map(([, example]) => resolveObject(document, example)["value"])
      .map((value) => ({
        mediaType,
        body:
          isObject(value) && !mediaType.endsWith("json")
            ? new URLSearchParams(Object.entries(value).map(([k, v]) => [k, String(v)])).toString()
            : value,
      })),
  );
}

/** A parameter that may be left out, as one of its examples or enumerated values. */
function anyValue(document: Obj, parameter: Obj): fc.Arbitrary<[name: string, value: unknown][]> {
  const schema = resolveObject(document, parameter["schema"]);
  const others = parameter["in"] !== "path" ? [] : parameter["name"] === "job_id" ? [LAST_JOB] : OTHER_KEYS;
  const values = [
    ...exampleValues(document, parameter),
    ...arrayAt(schema, "enum"),
    ...(schema["type"] === "boolean" ? [true, false] : []),
  ];
  const name = stringAt(parameter, "name") ?? "";
  const usual: fc.Arbitrary<unknown> = fc.constantFrom(...(values.length > 0 ? values : ["x"]));
  // Most requests are for the same resource, or nothing would ever happen to it.
  const some =
    others.length > 0 ? fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: fc.constantFrom<unknown>(...others), weight: 1 }) : usual;
  const pairs = some.map((value): [string, unknown][] => (isObject(value) ? Object.entries(value) : [[name, value]]));
  return parameter["required"] === true ? pairs : fc.oneof(pairs, fc.constant<[string, unknown][]>([]));
}

function anyAsked(contract: Subject, call: Call): fc.Arbitrary<Asked> {
  const { document } = contract;
  const parameters = parametersOf(contract, call);
  const at = (where: string): fc.Arbitrary<[string, unknown][]> =>
    fc
      .tuple(...parameters.filter((parameter) => parameter["in"] === where).map((parameter) => anyValue(document, parameter)))
      .map((pairs) => pairs.flat());
  const bodies = bodiesOf(document, call);
  // A call that needs its body does not get here without one.
  const required = resolveObject(document, call.operation["requestBody"])["required"] === true;
  const anyBody: fc.Arbitrary<object> = fc.constantFrom(...bodies, ...(required ? [] : [{}]));
  const credentials = fc.constantFrom(...CREDENTIALS).map((text) => ({
    "x-auth-token": text,
    "scp-accesskey": text,
    authorization: call.id === "createToken" ? `Basic ${text}` : `Bearer ${text}`,
  }));
  return fc.tuple(at("path"), at("query"), at("header"), anyBody, credentials).map(([path, query, headers, body, credential]) => ({
    call: call.id,
    path: Object.fromEntries(path.map(([name, value]) => [name, String(value)])),
    query: new URLSearchParams(query.map(([name, value]) => [name, String(value)])),
    headers: { ...Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), String(value)])), ...credential },
    ...body,
  }));
}

/** What a seed file may say of a resource. */
function anySeed({ resource }: Behaviour): fc.Arbitrary<Fields> {
  const closed = Object.entries(resource?.fields ?? {}).filter(([, { values }]) => values !== undefined);
  const fields = Object.fromEntries(closed.map(([name, { values = [] }]) => [name, fc.constantFrom<Json>(...values)]));
  return fc.record(fields);
}

export interface Walk {
  seeded: Fields;
  steps: Step[];
}

export const anyWalk = (contract: Subject, behaviour: Behaviour): fc.Arbitrary<Walk> =>
  fc.record({
    seeded: fc.oneof(fc.constant({}), anySeed(behaviour)),
    steps: fc.array(
      fc.record({
        asked: fc.oneof(...contract.calls.map((call) => anyAsked(contract, call))),
        wait: fc.constantFrom(0, 1, 500, 1000, 3000, 10_000, 600_000),
      }),
      { maxLength: 30, size: "max" },
    ),
  });

/** The example of an answer and its headers, as the contract has them. */
function exampleOf(document: Obj, call: Call, { row }: Outcome): { value?: unknown; mediaType?: string; headers: Record<string, string> } {
  const { mediaType, response } = call.answers[row.answer.status] ?? {};
  const media = objectAt(objectAt(response, "content"), mediaType ?? "");
  const { value } = resolveObject(document, objectAt(media, "examples")[row.answer.example ?? ""]);
  const headers = Object.entries(objectAt(response, "headers")).map(([name, header]) => [
    name.toLowerCase(),
    String(exampleValues(document, resolveObject(document, header))[0] ?? ""),
  ]);
  return {
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(mediaType !== undefined && { mediaType, value: freeze(value) }),
  };
}

export interface Seen {
  outcome: Outcome;
  call: Call;
  shown: Rendered;
  fields: Fields;
}

/** Plays the steps as the engine does; everything that goes in is frozen. */
export function walk(contract: Subject, behaviour: Behaviour, { seeded, steps }: Walk): Seen[] {
  const state = new Map<string, Aggregate>();
  const jobs = new Map<string, string>();
  let now = Date.UTC(2026, 7, 1);
  return steps.flatMap(({ asked: drawn, wait }) => {
    now += wait;
    const last = [...jobs.keys()].at(-1) ?? "none";
    const path = Object.entries(drawn.path).map(([name, value]) => [name, value === LAST_JOB ? last : value]);
    const asked: Asked = { ...drawn, path: Object.fromEntries(path), address: () => "http://mock.test" };
    const job = jobIdOf(behaviour, asked);
    const key = job === undefined ? keyOf(behaviour, asked) : jobs.get(job);
    const issued = state.get("")?.tokens ?? {};
    const caller = identify(behaviour, freeze(asked), nobodyKnown({ now, issued, callers: CALLERS }));
    const call = contract.calls.find(({ id }) => id === asked.call);
    if ("refused" in caller || !call) return [];
    const outcome = decide(
      behaviour,
      asked,
      freeze(caller),
      freeze({ now, seeded, seed: "walk", strict: false, ...(key !== undefined && { key }) }),
      key === undefined ? undefined : state.get(key),
    );
    if (outcome.next && key !== undefined) state.set(key, freeze(outcome.next));
    for (const id of outcome.jobs) jobs.set(id, key ?? "");
    const shown = render(behaviour, outcome.row.answer, outcome.scope, exampleOf(contract.document, call, outcome));
    return [{ outcome, call, shown, fields: outcome.scope.fields }];
  });
}
