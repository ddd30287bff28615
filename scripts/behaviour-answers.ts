/** The answers of a table: which documented one is meant, and how it is filled. */
import { fitsGlob } from "../mock/state/permits.ts";
import type { AnswerSpec, Value } from "../mock/state/types.ts";
import type { Part } from "./behaviour-part.ts";
import { compileOwnSet, compileView, type Body, type Places, type Views } from "./behaviour-views.ts";
import { checkValue, type Place, type Words } from "./behaviour-words.ts";
import type { CallAnswer } from "./calls.ts";
import { objectAt, resolveObject, type Obj } from "./document.ts";

/** What may be answered: by one call, or by any of a contract. */
export interface Answering {
  /** For people: `stopServer`. */
  who: string;
  answers: Record<string, CallAnswer[]>;
}

interface Wanted {
  status: string;
  example?: string;
  /** Where the mistakes are. */
  at: Part;
}

function wantedOf(part: Part): Wanted {
  if (typeof part.value === "object" && part.value !== null) {
    part.members(["status", "example", "view", "set", "headers"]);
    const [status, example] = [part.need("status"), part.at("example")];
    return { ...wantedOf(status), ...(example && { example: example.text(), at: example }) };
  }
  const [, status, example] = /^([1-5]\d\d)(?: (\S+))?$/.exec(String(part.value)) ?? [];
  if (status === undefined)
    return part.fail(`${JSON.stringify(part.value)} is not an answer`, "write a status, or a status and an example: 409 locked");
  return { status, ...(example !== undefined && { example }), at: part };
}

const list = (names: string[]): string => names.join(", ") || "none";

/**
 * The status and the one documented example that is meant; without an example the first.
 * @throws LatchError where the answer is not documented, or not exactly one example fits
 */
export function resolveAnswer(part: Part, { who, answers }: Answering): AnswerSpec & { answer: CallAnswer } {
  const { status, example, at } = wantedOf(part);
  const [first, ...more] = answers[status] ?? [];
  if (!first) return at.fail(`${who} does not document ${status}`, `choose from ${list(Object.keys(answers))}`);
  const examples = [...new Set([first, ...more].flatMap((answer) => answer.examples))];
  if (example === undefined) return { status, ...(first.examples[0] !== undefined && { example: first.examples[0] }), answer: first };
  const [fitting, ...others] = examples.filter((name) => fitsGlob(example, name));
  if (fitting === undefined) return at.fail(`The ${status} of ${who} has no example ${example}`, `choose from ${list(examples)}`);
  if (others.length > 0)
    at.fail(`${example} fits ${[fitting, ...others].join(", ")} of the ${status} of ${who}`, "make it fit exactly one");
  return { status, example: fitting, answer: [first, ...more].find((answer) => answer.examples.includes(fitting)) ?? first };
}

function compileHeaders(part: Part, words: Words, place: Place, { answer }: { answer: CallAnswer }): { [name: string]: Value } {
  const documented = Object.keys(objectAt(answer.response, "headers"));
  return Object.fromEntries(
    part.members().map((member): [string, Value] => {
      const name = documented.find((one) => one.toLowerCase() === member.name.toLowerCase());
      if (name === undefined)
        return member.fail(`${place.call.id} does not document a header ${member.name} here`, `choose from ${list(documented)}`);
      return [name, checkValue(member, words, place)];
    }),
  );
}

/** What a row's answer fills; undefined where it has no body. */
function bodyOf({ mediaType, response }: CallAnswer, example: string | undefined, document: Obj): Body | undefined {
  if (mediaType === undefined) return undefined;
  const examples = objectAt(objectAt(objectAt(response, "content"), mediaType), "examples");
  return { mediaType, value: resolveObject(document, examples[example ?? ""])["value"] };
}

/**
 * The answer of a row, for one call.
 * @param places gets the places that views fill
 */
export function compileAnswer(part: Part, words: Words, place: Place, views: Views, places: Places): AnswerSpec {
  const own = Object.fromEntries(Object.entries(place.call.answers).map(([status, answer]) => [status, [answer]]));
  const { answer, ...spec } = resolveAnswer(part, { who: place.call.id, answers: own });
  const [named, set, headers] = [part.at("view"), part.at("set"), part.at("headers")];
  const said = headers && { headers: compileHeaders(headers, words, place, { answer }) };
  const filled = named ?? set;
  if (!filled) return { ...spec, ...said };
  const body = bodyOf(answer, spec.example, place.document);
  if (!body) return filled.fail(`The ${spec.status} of ${place.call.id} has no body`, "leave it out");
  const view = named ? compileView(named, views, words, place, body, places) : {};
  const over = set && { set: { ...view.set, ...compileOwnSet(set, words, place, body) } };
  return { ...spec, view: { ...view, ...over }, ...said };
}
