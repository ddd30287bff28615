/** What the holder of the lock does with the configuration, and what anybody reads of it: the second half of the model in `ecb.ts`. */
import fc from "fast-check";
import type { Json } from "../../../mock/state/types.ts";
import type { CallStep, ModelRequest, Prediction } from "../model.ts";

export interface Element {
  type: string;
  key: string;
  /** Attribute → values, without the key. */
  values: Record<string, string[]>;
}

interface Job {
  operation: string;
  ends: number;
  /** The file that it writes or reads. */
  file: string | null;
}

export interface Config {
  elements: Element[];
  /** Each takes as long as any other, so that they end in the order in which they begin. */
  jobs: Job[];
}

/** Q13: no source times a job. */
const JOB_MS = 3000;

/** The types of a broker, with their key attributes (Q15). */
const KEYS: Record<string, string> = { "session-group": "group-name", "session-agent": "hostname", "user-number": "number" };

/** The two that a box has at first, as the documented sample shows them. */
export const PROXIES: Element = {
  type: "session-group",
  key: "sg_proxies",
  values: { description: [""], strategy: ["Hunt"], dest: ["proxy-1.example.com", "proxy-2.example.com"] },
};
export const REGISTRARS: Element = {
  type: "session-group",
  key: "sg_registrars",
  values: { description: [""], strategy: ["Hunt"], dest: ["registrar.example.com"] },
};

export const CONFIG_CALLS = [
  "listConfigElements",
  "listConfigElements",
  "addConfigElement",
  "addConfigElement",
  "updateConfigElement",
  "deleteConfigElement",
  "manageConfiguration",
  "activateConfiguration",
  "activateConfiguration",
  "activateConfiguration",
  "showAsyncStatus",
  "showAsyncStatus",
];

/** An added instance comes back complete. What the types have besides what is sent is only known, from the sample, of one. */
const USUAL: Record<string, Record<string, string[]>> = { "session-group": { description: [""], strategy: ["Hunt"], dest: [""] } };

const ALL_KEYS = ["sg_proxies", "sg_registrars", "new & <odd>", "a.example.com"];

/** As XML has it; a `>` alone may be written either way, so that none of our texts is compared beyond it. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const begin = (text: string): string => escaped(text).split("&gt;")[0] ?? "";

interface Wish {
  type: string;
  key: string | null;
  values: Record<string, string[]>;
  action: string;
  file: string | null;
  /** What a backup is made of; a restore is made of the running configuration without it, else of a file. */
  source: string | null;
}

/** The part of `how` that is ours, with types. */
function wishOf({ how }: CallStep): Wish {
  const text = (name: string): string | null => (typeof how[name] === "string" ? how[name] : null);
  const values = Object.entries(how["values"] ?? {}).map(([name, list]): [string, string[]] => [
    name,
    Array.isArray(list) ? list.map(String) : [],
  ]);
  return {
    type: text("type") ?? "",
    key: text("key"),
    values: Object.fromEntries(values),
    action: text("action") ?? "",
    file: text("file"),
    source: text("source"),
  };
}

export const configSteps = (): fc.Arbitrary<Record<string, Json>> =>
  fc.record({
    type: fc.constantFrom(
      "session-group",
      "session-group",
      "session-group",
      "session-agent",
      "session-agent",
      "user-number",
      "access-control",
    ),
    key: fc.constantFrom(...ALL_KEYS, "sg_proxies", null, null),
    values: fc.constantFrom<Json>(
      {},
      { dest: ["next-hop.example.com"] },
      { dest: ["one & two", "three"], strategy: ["RoundRobin"] },
      { state: ["disabled"] },
    ),
    action: fc.constantFrom("save", "verify", "restore", "restore", "restore", "activate", "backup", "backup", "backup", "backup"),
    file: fc.constantFrom("before.gz", "before.gz", "after.gz", "other.gz", null),
    source: fc.constantFrom("editing", "editing", null),
  });

const error = (status: number, example: string): Prediction => ({ status, example });

/** The samples name one session group; an answer about another element must not. */
const wrongElement = (status: number): Prediction => ({ status, holds: ["<errorMessage>"], lacks: ["sg_proxies"] });

const valuesHeld = ({ type, key, values }: Element): string[] => [
  `<elementType>${type}</elementType>`,
  `<value>${begin(key)}`,
  ...Object.entries(values).flatMap(([name, list]) => [
    `<name>${name}</name>`,
    ...list.filter(Boolean).map((value) => `<value>${begin(value)}`),
  ]),
];

const shown = (elements: Element[]): Prediction => {
  const keys = elements.map(({ key }) => key);
  return {
    status: 200,
    holds: elements.length === 0 ? ["<data/>"] : elements.flatMap(valuesHeld),
    lacks: ALL_KEYS.filter((key) => !keys.includes(key)).map((key) => `<value>${begin(key)}`),
  };
};

type Outcome = { config: Config; prediction: Prediction };

/** Add, update, delete and read. */
function elements(config: Config, call: string, { type, key, values }: Wish): Outcome {
  const known = KEYS[type] !== undefined;
  const same = (element: Element): boolean => element.type === type && element.key === key;
  const old = config.elements.find(same);
  const stays = (prediction: Prediction): Outcome => ({ config, prediction });
  const becomes = (next: Element[], prediction: Prediction): Outcome => ({ config: { ...config, elements: next }, prediction });
  const others = config.elements.filter((element) => !same(element));
  if (!known) return stays(call === "addConfigElement" ? error(400, "invalid-request") : error(404, "unsupported-element-type"));
  if (call === "listConfigElements") {
    if (key === null) return stays(shown(config.elements.filter((element) => element.type === type)));
    return stays(old ? shown([old]) : wrongElement(404));
  }
  if (key === null) return stays(error(400, "invalid-request"));
  if (call === "addConfigElement") {
    const added = { type, key, values: { ...USUAL[type], ...values } };
    return old ? stays(wrongElement(409)) : becomes([...config.elements, added], shown([added]));
  }
  if (!old) return stays(wrongElement(404));
  if (call === "deleteConfigElement") return becomes(others, { status: 204 });
  const updated = { ...old, values: { ...old.values, ...values } };
  return becomes([...others, updated], shown([updated]));
}

/** Save, verify, restore, activate, back up. */
function begins(config: Config, call: string, { action, file, source }: Wish, now: number): Outcome {
  const operation = operationOf(call, action);
  const incomplete =
    operation === "backup" ? file === null || source === null : operation === "restore" && source !== null && file === null;
  if (incomplete) return { config, prediction: error(400, "invalid-request") };
  const ends = now + JOB_MS;
  const concerned = operation === "backup" || (operation === "restore" && source !== null) ? file : null;
  const prediction = { status: 202, example: "job-accepted", holds: ["/rest/v1.1/admin/asyncstatus</link>"] };
  return { config: { ...config, jobs: [...config.jobs, { operation, ends, file: concerned }] }, prediction };
}

/** 5.4: only the last job is told. Writing a file that is there already fails, and by one question reading one that is not. */
function status(config: Config, now: number): Prediction {
  const last = config.jobs.at(-1);
  const told = (operation: string, word: string): Prediction => ({
    status: 200,
    holds: [`<operation>${operation}</operation>`, `<status>${word}</status>`],
  });
  if (!last) return told("activate", "success");
  if (now < last.ends) return told(last.operation, "in progress");
  const written = config.jobs.slice(0, -1).some(({ operation, file }) => operation === "backup" && file === last.file);
  const fails = last.file !== null && written === (last.operation === "backup");
  return fails ? { ...told(last.operation, "failed"), lacks: ["success"] } : told(last.operation, "success");
}

export function predictConfig(config: Config, step: CallStep, now: number): Outcome {
  const wish = wishOf(step);
  if (step.call === "showAsyncStatus") return { config, prediction: status(config, now) };
  const job = step.call === "manageConfiguration" || step.call === "activateConfiguration";
  return job ? begins(config, step.call, wish, now) : elements(config, step.call, wish);
}

/** The two calls take different actions: one that is not theirs stands for their first. */
function operationOf(call: string, action: string): string {
  if (call === "manageConfiguration") return ["verify", "restore"].includes(action) ? action : "save";
  return action === "backup" ? "backup" : "activate";
}

function jobQuery(call: string, { action, file, source }: Wish): URLSearchParams {
  const operation = operationOf(call, action);
  const query = new URLSearchParams({ action: operation });
  if (operation === "restore") query.set("restoreSource", source === null ? "running" : "backupFile");
  if (operation === "backup" && source !== null) query.set("backupSource", source);
  if (file !== null && (operation === "backup" || (operation === "restore" && source !== null))) query.set("filename", file);
  return query;
}

const documentOf = ({ type, key, values }: Wish): string => {
  const own = key === null ? {} : { [KEYS[type] ?? "id"]: [key] };
  const attributes = Object.entries({ ...own, ...values }).map(
    ([name, list]) => `<attribute><name>${name}</name>${list.map((value) => `<value>${escaped(value)}</value>`).join("")}</attribute>`,
  );
  return `<configElement><elementType>${type}</elementType>${attributes.join("")}</configElement>`;
};

const METHODS: Record<string, string> = {
  listConfigElements: "GET",
  addConfigElement: "POST",
  updateConfigElement: "PUT",
  deleteConfigElement: "DELETE",
  manageConfiguration: "PUT",
  activateConfiguration: "POST",
  showAsyncStatus: "GET",
};

/** The request below `/rest/v1.1`; the caller adds the token. */
export function configRequest(step: CallStep): ModelRequest {
  const wish = wishOf(step);
  const { call } = step;
  const method = METHODS[call] ?? "GET";
  if (call === "showAsyncStatus") return { method, url: "/admin/asyncstatus", headers: {} };
  if (call === "manageConfiguration" || call === "activateConfiguration")
    return { method, url: `/configuration/management?${jobQuery(call, wish)}`, headers: {} };
  const url = "/configuration/configElements";
  if (call === "addConfigElement" || call === "updateConfigElement")
    // Real clients send no Content-Type here.
    return { method, url, headers: wish.key === "sg_proxies" ? {} : { "content-type": "application/xml" }, body: documentOf(wish) };
  const query = new URLSearchParams({ elementType: wish.type, ...(wish.key !== null && { [KEYS[wish.type] ?? "id"]: wish.key }) });
  return { method, url: `${url}?${query}`, headers: {} };
}
