/** References: the words by which a table speaks of state and request (docs/behaviour.md, "References"). Taken apart once, read often. */

export const KINDS = ["caller", "path", "query", "header", "body", "sent", "request", "job", "item", "new", "now", "address"] as const;
export type Kind = (typeof KINDS)[number] | "field" | "exists";

/** A reference taken apart. */
export interface Reference {
  kind: Kind;
  /** What follows the kind: `token` of `caller.token`, `/resize` of `body./resize`; of a field its name. */
  name: string;
}

/** The kinds whose names are given by the format itself. */
const NAMES: Partial<Record<Kind, string[]>> = {
  caller: ["project", "role", "admin", "user", "token", "accessKey", "name", "expires", "permitted"],
  job: ["status", "id", "type", "begun", "ended", "code", "reason"],
  item: ["exists", "known", "valid"],
  new: ["id", "token", "expires"],
  now: ["", "millis"],
  address: ["", "root"],
};

/** What a request says: a timer has to remember it. */
const OF_REQUEST: readonly Kind[] = ["caller", "path", "query", "header", "body", "sent", "request", "item", "new", "address"];

const isKind = (word: string): word is (typeof KINDS)[number] => KINDS.some((kind) => kind === word);

/** A name of a table: no punctuation that means something else, and nothing that every object has by birth. */
export const isName = (text: string): boolean => /^[A-Za-z_][\w-]*$/.test(text) && !(text in {});

/**
 * @param text `vm_state`, `caller.project`, `body./resize/flavorRef` …
 * @returns undefined where it has not the form of any reference; whether a field or a request name exists is not looked at
 */
export function parseReference(text: string): Reference | undefined {
  if (text === "exists") return { kind: "exists", name: "" };
  const dot = text.indexOf(".");
  const head = dot < 0 ? text : text.slice(0, dot);
  const name = dot < 0 ? "" : text.slice(dot + 1);
  if (!isKind(head)) return dot < 0 && isName(head) ? { kind: "field", name: head } : undefined;
  const names = NAMES[head];
  if (names) return names.includes(name) ? { kind: head, name } : undefined;
  if (head === "body" || head === "sent") return name.startsWith("/") ? { kind: head, name } : undefined;
  if (head === "header") return name === "" ? undefined : { kind: head, name: name.toLowerCase() };
  return name === "" ? undefined : { kind: head, name };
}

/** Whether a timer that is due later must have been told the value. */
export const isOfRequest = (text: string): boolean => OF_REQUEST.includes(parseReference(text)?.kind ?? "field");

/** The steps of a JSON pointer, unescaped: `/a~1b/0` → `["a/b", "0"]`. */
export const stepsOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

/**
 * What a pointer names, among own members only: `__proto__` and `constructor` are names like any other.
 * @returns undefined where nothing stands
 */
export function memberAt(value: unknown, steps: readonly string[]): unknown {
  let found = value;
  for (const step of steps) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    // `length` is an array's own, but no member of the JSON.
    if (Array.isArray(found) && !/^\d+$/.test(step)) return undefined;
    found = (found as Record<string, unknown>)[step];
  }
  return found;
}
