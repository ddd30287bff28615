/** Random worlds, as calls and tests could have made them: what the store of one holds. */
import fc from "fast-check";
import type { Aggregate, Json } from "../../mock/state/types.ts";
import type { Entry } from "../../mock/store/types.ts";
import { SETTINGS } from "../../mock/worlds.ts";
import { NOON } from "./room.ts";

const LONG = 30 * 86_400_000;
/** `__proto__` among them: texts come from clients. */
const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "constructor", "$vm_state", "{now}", "\ud800"));
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
/** Of JSON, as a store that writes it gives it back: without the sign of -0. */
const plain = json.map((value) => JSON.parse(JSON.stringify(value)) as Json);
/** What a field without listed values holds, where the table begins it with nothing or with something of the request. */
const free = fc.oneof(text, fc.constant(null));
const future = fc.integer({ min: 1, max: LONG }).map((span) => NOON + span);
const past = fc.integer({ min: 1, max: LONG }).map((span) => NOON - span);

const serverFields = fc.record(
  {
    project: free,
    vm_state: fc.constantFrom("active", "stopped", "resized", "error"),
    task_state: fc.constantFrom(null, "rebooting", "powering-off"),
    locked: fc.boolean(),
    image: free,
  },
  { requiredKeys: [] },
);

const set = fc.record({ vm_state: fc.constantFrom("active", "stopped", "$task_state"), locked: fc.boolean() }, { requiredKeys: [] });
const when = fc.constantFrom(
  { vm_state: ["active", "stopped"] },
  { locked: { not: true } },
  { "caller.admin": false },
  { "request.microversion": { atLeast: "2.9" } },
  {},
);
const known = fc.dictionary(fc.constantFrom("caller.token", "path.server_id", "body./a~1b"), plain);

const timer = fc.record(
  { name: text.filter((name) => name !== ""), at: future, set, when, known },
  { requiredKeys: ["name", "at", "set"] },
);

const outcome = fc.record({ when, fail: fc.record({ code: text, reason: text }), set }, { requiredKeys: [] });
const running = fc.record(
  { id: fc.uuid(), type: text, begun: past, runs: past, ends: future, outcomes: fc.array(outcome, { maxLength: 2 }), known },
  { requiredKeys: ["id", "type", "begun", "runs", "ends", "outcomes"] },
);
const over = fc.record(
  {
    id: fc.uuid(),
    type: text,
    begun: past,
    runs: past,
    ends: past,
    outcomes: fc.constant([]),
    result: fc.constantFrom("success" as const, "fail" as const),
    code: text,
    reason: text,
  },
  { requiredKeys: ["id", "type", "begun", "runs", "ends", "outcomes", "result"] },
);

const issued = fc.record({
  expires: fc.oneof(past, future),
  caller: fc.record(
    { admin: fc.boolean(), user: text, role: text, name: text, project: text, policy: fc.array(text, { maxLength: 2 }) },
    { requiredKeys: ["admin"] },
  ),
});
const item = fc.record(
  { type: text, attributes: fc.array(fc.tuple(text, fc.array(text, { maxLength: 2 })), { maxLength: 3 }), rest: text },
  { requiredKeys: ["type", "attributes"] },
);

const aggregateOf = (fields: fc.Arbitrary<Aggregate["fields"]>): fc.Arbitrary<Aggregate> =>
  fc.record(
    {
      fields,
      timers: fc.array(timer, { maxLength: 2 }),
      jobs: fc.array(fc.oneof(running, over), { maxLength: 2 }),
      tokens: fc.dictionary(text, issued, { maxKeys: 2, noNullPrototype: true }),
      items: fc.array(item, { maxLength: 2 }),
      serial: fc.nat(),
      deleted: fc.constant(true as const),
    },
    { requiredKeys: ["fields", "timers", "jobs", "tokens", "serial"] },
  ) as fc.Arbitrary<Aggregate>;

const rule = fc.record(
  {
    id: fc.stringMatching(/^[\w.-]{1,10}$/),
    contract: fc.constantFrom("oracle-ecb", "oracle-ecb@v1.1"),
    delay: fc.nat({ max: 600_000 }),
    rate: fc.constantFrom(0, 0.25, 1),
    times: fc.nat(),
  },
  { requiredKeys: ["id", "delay"] },
);

const settings = fc.record(
  {
    clock: fc.record({ at: past, since: fc.constant(NOON), running: fc.boolean() }),
    seed: fc.string({ minLength: 1, maxLength: 20 }),
    faults: fc.uniqueArray(rule, { selector: ({ id }) => id, minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: [] },
);

const servers = fc.dictionary(fc.uuid(), aggregateOf(serverFields as fc.Arbitrary<Aggregate["fields"]>), {
  maxKeys: 3,
  noNullPrototype: true,
});
const box = fc.option(aggregateOf(fc.record({ holder: free }, { requiredKeys: [] }) as fc.Arbitrary<Aggregate["fields"]>), {
  nil: undefined,
});
/** Of jobs that the resource has forgotten. */
const strays = fc.dictionary(fc.uuid(), fc.uuid(), { maxKeys: 2, noNullPrototype: true });

/** A timer of the box sets what a box has. */
const forBox = (aggregate: Aggregate): Aggregate => ({
  ...aggregate,
  timers: aggregate.timers.map((one) => ({ ...one, set: { holder: null } })),
  jobs: aggregate.jobs.map((one) => ({ ...one, outcomes: [] })),
});

const pointers = (space: string, id: string, { jobs }: Aggregate): [string, Entry][] =>
  jobs.map((job) => [`job/${space}/${job.id}`, { key: id }]);

/** The entries of a world's store. */
export const anyWorld: fc.Arbitrary<Record<string, Entry>> = fc
  .tuple(settings, servers, box, strays)
  .map(([own, huawei, ecb, lost]) =>
    Object.fromEntries([
      [SETTINGS, own],
      ...Object.entries(huawei).flatMap(([id, one]): [string, Entry][] => [[`huawei/${id}`, one], ...pointers("huawei", id, one)]),
      ...(ecb ? [["oracle-ecb/", forBox(ecb)] as [string, Entry], ...pointers("oracle-ecb", "", ecb)] : []),
      ...Object.entries(lost).map(([job, id]): [string, Entry] => [`job/huawei/${job}`, { key: id }]),
    ]),
  );
