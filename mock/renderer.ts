/** From a wish to an answer. What does not depend on the request is serialised once and kept. */
import type { Call } from "../scripts/calls.ts";
import { objectAt } from "../scripts/document.ts";
import { serialise } from "./serialise.ts";
import type { Outcome } from "./state/decide.ts";
import { render as fillAnswer } from "./state/render.ts";
import type { Row } from "./state/types.ts";
import { chain, type Maybe } from "./store/types.ts";
import type { Backend, Contract, MockAnswer, Wish } from "./types.ts";

type Headers = Record<string, string>;

interface Rendered {
  headers: Headers;
  body: unknown;
  text: string;
}

/** What a row adds to a documented answer, found out once per row. */
interface Filling {
  /** Headers that are as documented, and those that have something of the request in them. */
  fixed: Headers;
  filled: Headers;
  /** Whether anything has to be filled at all. */
  plain: boolean;
}

export interface Renderer {
  /** @param dated headers of the version's lifecycle, always the same object for the same headers */
  render(call: Call, wish: Wish, dated: Headers): Maybe<MockAnswer>;
  /** The same, filled with what the row of a table says. */
  fill(call: Call, wish: Wish, outcome: Outcome, dated: Headers): Maybe<MockAnswer>;
}

/** Of the headers the operation documents, those of this call: where a sibling's answer has a body, this one's has no Location. */
function ownHeaders(call: Call, status: string, rendered: Headers): Headers {
  const own = new Set(Object.keys(objectAt(call.answers[status]?.response, "headers")).map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(rendered).filter(([name]) => own.has(name.toLowerCase())));
}

function finish(call: Call, wish: Wish, { headers, body }: { headers: Headers; body: unknown }): Rendered {
  if (wish.mediaType === undefined) return { headers: ownHeaders(call, wish.status, headers), body: undefined, text: "" };
  return { headers: { ...headers, "content-type": wish.mediaType }, body, text: serialise(body, wish.mediaType) };
}

export function createRenderer({ behaviour }: Contract, backend: Backend): Renderer {
  const kept = new Map<Call, Map<string, Rendered>>();
  /** Headers of an answer with those of the lifecycle, made once: both objects live as long as the contract. */
  const merged = new WeakMap<Headers, WeakMap<Headers, Headers>>();
  const fillings = new WeakMap<Row, Filling>();
  const samples = Object.keys(behaviour?.samples ?? {});
  const holdsSample = (text: string): boolean => samples.some((sample) => text.includes(sample));

  function withDates(headers: Headers, dated: Headers): Headers {
    const known = merged.get(headers) ?? new WeakMap<Headers, Headers>();
    merged.set(headers, known);
    const found = known.get(dated) ?? { ...headers, ...dated };
    known.set(dated, found);
    return found;
  }

  function rendered(call: Call, wish: Wish): Maybe<Rendered> {
    // What is made up from a schema is rendered anew.
    if (wish.dynamic) return chain(backend.render(call, wish), (made) => finish(call, wish, made));
    const key = wish.example === undefined ? wish.status : `${wish.status} ${wish.example}`;
    const known = kept.get(call)?.get(key);
    if (known) return known;
    return chain(backend.render(call, wish), (made) => {
      const done = finish(call, wish, made);
      const answers = kept.get(call) ?? new Map<string, Rendered>();
      kept.set(call, answers.set(key, done));
      return done;
    });
  }

  function fillingOf(row: Row, { headers, text }: Rendered): Filling {
    const known = fillings.get(row);
    if (known) return known;
    const { view, headers: own } = row.answer;
    const named = new Set(Object.keys(own ?? {}).map((name) => name.toLowerCase()));
    const touched = ([name, value]: [string, string]): boolean => named.has(name) || holdsSample(value);
    const filled = Object.entries(headers).filter(touched);
    const fixed = Object.entries(headers).filter((entry) => !touched(entry));
    const plain = view === undefined && own === undefined && filled.length === 0 && !holdsSample(text);
    const made = { fixed: Object.fromEntries(fixed), filled: Object.fromEntries(filled), plain };
    fillings.set(row, made);
    return made;
  }

  return {
    render: (call, wish, dated) =>
      chain(rendered(call, wish), ({ headers, text }) => ({ status: Number(wish.status), headers: withDates(headers, dated), body: text })),
    fill: (call, wish, { row, scope }, dated) =>
      chain(rendered(call, wish), (made) => {
        const status = Number(wish.status);
        const { fixed, filled, plain } = fillingOf(row, made);
        if (plain || wish.dynamic || behaviour === undefined) return { status, headers: withDates(made.headers, dated), body: made.text };
        const { mediaType } = wish;
        const template = mediaType === undefined ? { headers: filled } : { value: made.body, mediaType, headers: filled };
        const { headers, body } = fillAnswer(behaviour, row.answer, scope, template);
        return { status, headers: { ...withDates(fixed, dated), ...headers }, body };
      }),
  };
}
