/** From a wish to an answer. What does not depend on the request is serialised once and kept. */
import type { Call } from "../scripts/calls.ts";
import { objectAt } from "../scripts/document.ts";
import { UNDATED } from "./lifecycle.ts";
import { serialise } from "./serialise.ts";
import type { Outcome } from "./state/decide.ts";
import { headerKey, render as fillAnswer } from "./state/render.ts";
import type { Scope } from "./state/decide.ts";
import type { Row } from "./state/types.ts";
import { chain, type Maybe } from "./store/types.ts";
import type { Backend, Contract, MockAnswer, Wish } from "./types.ts";

type Headers = Record<string, string>;
const NO_HEADERS: Headers = {};

interface Rendered {
  mediaType: string | undefined;
  headers: Headers;
  body: unknown;
  text: string;
}

/** What a row adds to a documented answer, found out once per row. */
interface Filling {
  status: number;
  made: Rendered;
  /** Whether the answer is given as it is documented. */
  plain: boolean;
  /** What its headers depend on, and the headers that were made of it. */
  key: (scope: Scope) => string;
  headers: Map<string, Headers>;
}

/** Headers are kept by what they depend on; a client that makes up ever new values fills a map once and empties it. */
const KEPT_HEADERS = 200;

export interface Renderer {
  /** @param dated headers of the version's lifecycle, always the same object for the same headers */
  render(call: Call, wish: Wish, dated: Headers): Maybe<MockAnswer>;
  /** The answer of a table's row, filled with what the row says. */
  fill(call: Call, outcome: Outcome, dated: Headers): Maybe<MockAnswer>;
}

/** Of the headers the operation documents, those of this call: where a sibling's answer has a body, this one's has no Location. */
function ownHeaders(call: Call, status: string, rendered: Headers): Headers {
  const own = new Set(Object.keys(objectAt(call.answers[status]?.response, "headers")).map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(rendered).filter(([name]) => own.has(name.toLowerCase())));
}

/** Without them a 426 is none (RFC 9110, 15.5.22); the second one keeps a proxy from passing the first one on. */
export const UPGRADE: Headers = { upgrade: "TLS/1.2, HTTP/1.1", connection: "Upgrade" };

function finish(call: Call, wish: Wish, given: { headers: Headers; body: unknown }): Rendered {
  const { body } = given;
  const headers = wish.status === "426" ? { ...given.headers, ...UPGRADE } : given.headers;
  if (wish.mediaType === undefined) {
    return { mediaType: undefined, headers: ownHeaders(call, wish.status, headers), body: undefined, text: "" };
  }
  return {
    mediaType: wish.mediaType,
    headers: { ...headers, "content-type": wish.mediaType },
    body,
    text: serialise(body, wish.mediaType),
  };
}

export function createRenderer({ behaviour }: Contract, backend: Backend): Renderer {
  const kept = new Map<Call, Map<string, Rendered>>();
  /** Headers of an answer with those of the lifecycle, made once: both objects live as long as the contract. */
  const merged = new WeakMap<Headers, WeakMap<Headers, Headers>>();
  const fillings = new WeakMap<Row, Filling>();
  const samples = Object.keys(behaviour?.samples ?? {});
  const holdsSample = (text: string): boolean => samples.some((sample) => text.includes(sample));

  function withDates(headers: Headers, dated: Headers): Headers {
    if (dated === UNDATED) return headers;
    let known = merged.get(headers);
    if (!known) merged.set(headers, (known = new WeakMap()));
    let found = known.get(dated);
    if (!found) known.set(dated, (found = { ...headers, ...dated }));
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

  function fillingOf(row: Row, given: Rendered, status: number): Filling {
    // Made once for a row: a refusal says whose it is, and a success nothing.
    const reason = { "x-latch-reason": `The row ${row.id} of the behaviour table says so` };
    const made = status < 400 ? given : { ...given, headers: { ...given.headers, ...reason } };
    const { headers, text } = made;
    const { view, headers: own } = row.answer;
    const plain = view === undefined && own === undefined && ![text, ...Object.values(headers)].some(holdsSample);
    const key = behaviour === undefined ? () => "" : headerKey(behaviour, row.answer, headers);
    return { status, made, plain, key, headers: new Map<string, Headers>() };
  }

  function answerOf(filling: Filling, { row, scope }: Outcome, dated: Headers): MockAnswer {
    const { status, made, plain } = filling;
    if (plain || behaviour === undefined) return { status, headers: withDates(made.headers, dated), body: made.text };
    const headers = withDates(headersOf(row, scope, filling), dated);
    if (made.mediaType === undefined) return { status, headers, body: "" };
    const example = { value: made.body, mediaType: made.mediaType, headers: NO_HEADERS };
    return { status, headers, body: fillAnswer(behaviour, row.answer, scope, example).body };
  }

  /** The headers of a filled answer: the same object as long as they say the same. */
  function headersOf(row: Row, scope: Scope, filling: Filling): Headers {
    const { made } = filling;
    const key = filling.key(scope);
    const known = filling.headers.get(key);
    if (known || behaviour === undefined) return known ?? made.headers;
    const { headers } = fillAnswer(behaviour, row.answer, scope, { headers: made.headers });
    if (filling.headers.size >= KEPT_HEADERS) filling.headers.clear();
    filling.headers.set(key, headers);
    return headers;
  }

  return {
    render: (call, wish, dated) =>
      chain(rendered(call, wish), ({ headers, text }) => ({ status: Number(wish.status), headers: withDates(headers, dated), body: text })),
    fill(call, outcome, dated) {
      const { row } = outcome;
      const known = fillings.get(row);
      if (known) return answerOf(known, outcome, dated);
      const { status, example } = row.answer;
      const mediaType = call.answers[status]?.mediaType;
      const wish = { status, ...(mediaType !== undefined && { mediaType }), ...(example !== undefined && { example }) };
      return chain(rendered(call, wish), (made) => {
        const filling = fillingOf(row, made, Number(status));
        fillings.set(row, filling);
        return answerOf(filling, outcome, dated);
      });
    },
  };
}
