/** From a wish to an answer. What does not depend on the request is serialised once and kept. */
import type { Call } from "../scripts/calls.ts";
import { objectAt } from "../scripts/document.ts";
import { serialise } from "./serialise.ts";
import type { Outcome } from "./state/decide.ts";
import { render as fillAnswer } from "./state/render.ts";
import type { Row } from "./state/types.ts";
import { chain, type Maybe } from "./store/types.ts";
import type { Backend, Contract, MockAnswer, Wish } from "./types.ts";

interface Rendered {
  headers: Record<string, string>;
  body: unknown;
  text: string;
}

export interface Renderer {
  /** @param dated headers of the version's lifecycle, always the same object for the same headers */
  render(call: Call, wish: Wish, dated: Record<string, string>): Maybe<MockAnswer>;
  /** The same, filled with what the row of a table says. */
  fill(call: Call, wish: Wish, outcome: Outcome, dated: Record<string, string>): Maybe<MockAnswer>;
}

/** Of the headers the operation documents, those of this call: where a sibling's answer has a body, this one's has no Location. */
function ownHeaders(call: Call, status: string, rendered: Record<string, string>): Record<string, string> {
  const own = new Set(Object.keys(objectAt(call.answers[status]?.response, "headers")).map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(rendered).filter(([name]) => own.has(name.toLowerCase())));
}

function finish(call: Call, wish: Wish, { headers, body }: { headers: Record<string, string>; body: unknown }): Rendered {
  if (wish.mediaType === undefined) return { headers: ownHeaders(call, wish.status, headers), body: undefined, text: "" };
  return { headers: { ...headers, "content-type": wish.mediaType }, body, text: serialise(body, wish.mediaType) };
}

export function createRenderer({ behaviour }: Contract, backend: Backend): Renderer {
  const kept = new Map<Call, Map<string, Rendered>>();
  /** Headers of an answer with those of the lifecycle, made once: both objects live as long as the contract. */
  const merged = new WeakMap<object, WeakMap<object, Record<string, string>>>();
  const plain = new WeakMap<Row, boolean>();
  const samples = Object.keys(behaviour?.samples ?? {});

  function withDates(headers: Record<string, string>, dated: Record<string, string>): Record<string, string> {
    const known = merged.get(headers) ?? new WeakMap<object, Record<string, string>>();
    merged.set(headers, known);
    const found = known.get(dated) ?? { ...headers, ...dated };
    known.set(dated, found);
    return found;
  }

  function rendered(call: Call, wish: Wish): Maybe<Rendered> {
    // What is made up from a schema, or rendered by Prism in its own time, is rendered anew.
    if (wish.dynamic) return chain(backend.render(call, wish), (made) => finish(call, wish, made));
    const key = `${wish.status} ${wish.example ?? ""}`;
    const known = kept.get(call)?.get(key);
    if (known) return known;
    return chain(backend.render(call, wish), (made) => {
      const done = finish(call, wish, made);
      const answers = kept.get(call) ?? new Map<string, Rendered>();
      kept.set(call, answers.set(key, done));
      return done;
    });
  }

  /** Whether a row gives its example as it stands. */
  function isPlain({ answer }: Row, { headers, text }: Rendered): boolean {
    if (answer.view !== undefined || answer.headers !== undefined) return false;
    const all = [text, ...Object.values(headers)];
    return !samples.some((sample) => all.some((part) => part.includes(sample)));
  }

  const answerOf = (status: string, headers: Record<string, string>, body: string, dated: Record<string, string>): MockAnswer => ({
    status: Number(status),
    headers: withDates(headers, dated),
    body,
  });

  return {
    render: (call, wish, dated) => chain(rendered(call, wish), ({ headers, text }) => answerOf(wish.status, headers, text, dated)),
    fill: (call, wish, outcome, dated) =>
      chain(rendered(call, wish), (made) => {
        const { row, scope } = outcome;
        const known = plain.get(row) ?? isPlain(row, made);
        plain.set(row, known);
        if (known || wish.dynamic || behaviour === undefined) return answerOf(wish.status, made.headers, made.text, dated);
        const template = { value: made.body, headers: made.headers, ...(wish.mediaType !== undefined && { mediaType: wish.mediaType }) };
        const filled = fillAnswer(behaviour, row.answer, scope, template);
        return { status: Number(wish.status), headers: { ...filled.headers, ...dated }, body: filled.body };
      }),
  };
}
