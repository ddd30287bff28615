/** The rows of one call: its guards first, then its own. */
import type { Basis, Row } from "../mock/state/types.ts";
import { compileAnswer } from "./behaviour-answers.ts";
import { compileEffect } from "./behaviour-effects.ts";
import type { Part } from "./behaviour-part.ts";
import { compileWhen } from "./behaviour-tests.ts";
import type { Places, Views } from "./behaviour-views.ts";
import type { Place, Words } from "./behaviour-words.ts";

const BASES: readonly Basis[] = ["documented", "edition", "observed", "inferred"];

/** What all calls of a table share. */
export interface Shared {
  words: Words;
  views: Views;
  places: Places;
  guards: ReadonlyMap<string, Part>;
  /** Ids of the table of questions in the API's README. */
  questions: ReadonlySet<string>;
  readme: string;
}

function evidenceOf(part: Part, { questions, readme }: Shared): Pick<Row, "basis" | "question"> {
  const [basis, question] = [part.need("basis").oneOf(BASES), part.at("question")];
  if (basis === "inferred" && !question) part.fail(`${part.title} is inferred without a question`, `add question, with an id of ${readme}`);
  if (question && !questions.has(question.text()))
    question.fail(`${readme} has no question ${question.text()}`, "add a row to its table of questions, or name one that is there");
  return { basis, ...(question && { question: question.text() }) };
}

function compileRow(part: Part, name: string, guard: boolean, place: Place, shared: Shared): Row {
  const [when, effect] = [part.at("when"), part.at("effect")];
  return {
    id: `${place.call.id}/${name}`,
    name,
    guard,
    ...(when && { when: compileWhen(when, shared.words, place) }),
    answer: compileAnswer(part.need("answer"), shared.words, place, shared.views, shared.places),
    ...(effect && { effect: compileEffect(effect, shared.words, place) }),
    ...evidenceOf(part, shared),
  };
}

/** A guard may be one of some versions only. */
function isHere(name: Part, { guards, words }: Shared): boolean {
  const only = guards.get(name.text())?.at("only")?.items();
  const versions = words.siblings.map(({ version }) => version);
  for (const item of only ?? [])
    if (!versions.includes(item.text())) item.fail(`There is no version ${item.text()}`, `choose from ${versions.join(", ")}`);
  return only === undefined || only.some((item) => item.text() === versions[0]);
}

function compileGuard(name: Part, place: Place, shared: Shared): Row {
  const part = shared.guards.get(name.text());
  if (!part) return name.fail(`There is no guard ${name.text()}`, `choose from ${[...shared.guards.keys()].join(", ") || "none"}`);
  part.members(["only", "when", "answer", "effect", "basis", "question"]);
  // The row after it could never be reached.
  part.need("when");
  return compileRow(part, part.name, true, place, shared);
}

function compileOwn(part: Part, last: boolean, place: Place, shared: Shared): Row {
  part.members(["name", "when", "answer", "effect", "basis", "question"]);
  const [name, when] = [part.need("name"), part.at("when")];
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name.text()))
    name.fail(`${name.text()} is not a row's name`, "write words in small letters with - between them");
  if (last && when) when.fail(`The last row of ${place.call.id} has a when`, "add a row that always holds");
  if (!last && !when)
    part.fail(`The row ${name.text()} of ${place.call.id} always holds, and others follow`, "add a when, or move it to the end");
  return compileRow(part, name.text(), false, place, shared);
}

/**
 * @param part the call in the table
 * @param place the call in the contract
 */
export function compileRows(part: Part, place: Place, shared: Shared): Row[] {
  part.members(["job", "guards", "rows"]);
  const names = (part.at("guards")?.items() ?? []).filter((name) => isHere(name, shared));
  const items = part.need("rows").items();
  if (items.length === 0) part.need("rows").fail(`${place.call.id} has no rows`, "write one that always holds");
  const parts = [...names, ...items.map((item) => item.at("name") ?? item)];
  const rows = [
    ...names.map((name) => compileGuard(name, place, shared)),
    ...items.map((item, index) => compileOwn(item, index === items.length - 1, place, shared)),
  ];
  rows.forEach(({ name }, index) => {
    if (rows.findIndex((row) => row.name === name) !== index)
      parts[index]?.fail(`${place.call.id} has two rows ${name}`, "give one of them another name");
  });
  return rows;
}

/** A guard or a view that no call of any version takes is a slip. */
export function refuseUnused(parts: ReadonlyMap<string, Part>, used: unknown, what: string): void {
  const texts = new Set<unknown>();
  const collect = (value: unknown): void => {
    if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
    else texts.add(value);
  };
  collect(used);
  for (const [name, part] of parts)
    if (!texts.has(name)) part.fail(`No call takes the ${what} ${name}`, "name it in a call, or take it out");
}
