/** Which of its documented answers a call gives. */
import type { Call } from "../scripts/calls.ts";
import { accepts } from "./accept.ts";
import { keysOf, type ReadBody } from "./body.ts";
import { isJson } from "./media-type.ts";
import { NONE, type Preferences } from "./prefer.ts";
import { NotOffered, Refusal } from "./refusal.ts";
import type { Wish } from "./types.ts";

/**
 * The call a request means: the operation itself, or the action that the only key of the body names.
 * @param calls the calls that stand at one method and path
 * @param read the body
 * @throws Refusal when the body names no action, two, or an unknown one
 */
export function chooseCall(calls: [Call, ...Call[]], { body, only }: ReadBody): Call {
  if (calls[0].action === undefined) return calls[0];
  if (only !== undefined) for (const call of calls) if (call.action === only) return call;
  const keys = keysOf(body);
  const known = calls.map((call) => call.action).join(", ");
  if (keys === undefined) throw new Refusal("malformedBody", `The body must be an object with one of the keys ${known}`);
  if (keys.length !== 1)
    throw new Refusal("malformedBody", `The body must have exactly one key, it has ${keys.length}: choose one of ${known}`);
  throw new Refusal("invalidRequest", `There is no action ${keys[0]}: choose one of ${known}`);
}

function chooseStatus(call: Call, wanted: string | undefined): string {
  // The lowest 2xx, as Prism has it; object keys that are numbers come in ascending order.
  if (wanted === undefined) return call.statuses.find((status) => status.startsWith("2")) ?? call.statuses[0] ?? "";
  if (call.answers[wanted] === undefined) {
    const detail = `${call.id} does not answer ${wanted}: its documented statuses are ${call.statuses.join(", ")}`;
    throw new NotOffered(501, detail, { call: call.id, statuses: call.statuses });
  }
  return wanted;
}

function chooseExample(call: Call, status: string, wanted: string | undefined): string | undefined {
  const examples = call.answers[status]?.examples ?? [];
  if (wanted === undefined) return examples[0];
  if (examples.includes(wanted)) return wanted;
  const elsewhere = call.statuses.find((other) => call.answers[other]?.examples.includes(wanted));
  const hint =
    elsewhere === undefined
      ? `its examples are ${examples.join(", ") || "none"}`
      : `the example belongs to ${elsewhere}, add code=${elsewhere}`;
  throw new NotOffered(501, `The answer ${status} of ${call.id} has no example ${wanted}: ${hint}`, {
    call: call.id,
    code: status,
    examples,
  });
}

/**
 * @param call the call the request means
 * @param preferences what the caller asks of the mock
 * @param accept the Accept header
 * @param strict whether the contract documents what an unacceptable Accept gets; where it does not, the header is ignored
 */
export function chooseAnswer(call: Call, preferences: Preferences, accept: string | undefined, strict: boolean): Wish {
  const wish = preferences === NONE ? usualAnswer(call) : wishedAnswer(call, preferences);
  // Who names a status wants that answer, whatever the client library accepts.
  if (strict && wish.mediaType !== undefined && preferences.code === undefined && !accepts(wish.mediaType, accept)) {
    throw new Refusal("notAcceptable", `The answer is ${wish.mediaType}, and the Accept header is ${accept ?? ""}`);
  }
  return wish;
}

const usual = new WeakMap<Call, Wish>();

/** What a call answers when nothing is asked of the mock: found once, always the same object. */
function usualAnswer(call: Call): Wish {
  const known = usual.get(call);
  if (known) return known;
  const wish = wishedAnswer(call, NONE);
  usual.set(call, wish);
  return wish;
}

function wishedAnswer(call: Call, preferences: Preferences): Wish {
  const status = chooseStatus(call, preferences.code);
  const mediaType = call.answers[status]?.mediaType;
  const example = chooseExample(call, status, preferences.example);
  if (mediaType === undefined) return { status };
  // An XML text cannot be made up from a schema that says no more than "string".
  const dynamic = preferences.dynamic === true && preferences.example === undefined && isJson(mediaType);
  return { status, mediaType, ...(dynamic ? { dynamic } : example !== undefined && { example }) };
}
