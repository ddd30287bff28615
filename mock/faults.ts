/** The answers given before a call is reached, from the contract's `x-faults`: in the vendor's own shape, with our sentence in it. */
import type { Call } from "../scripts/calls.ts";
import { objectAt, resolveObject, stringAt, type Obj } from "../scripts/document.ts";
import type { Echo, Heard } from "./echo.ts";
import { problem } from "./problem.ts";
import { DEFAULT_STATUS, type FaultKind, type Refusal } from "./refusal.ts";
import { serialise } from "./serialise.ts";
import { hasRoom } from "./room.ts";
import { chain, type Maybe } from "./store/types.ts";
import { cleanHeader, escapeXml, headerValue, oneLine, sentence } from "./text.ts";
import type { Backend, MockAnswer } from "./types.ts";
import { reword } from "./wording.ts";

/** Bytes, where a contract says nothing. */
const DEFAULT_LIMIT = 1024 * 1024;

/** Kinds that a contract need not tell apart. */
const SYNONYMS: Partial<Record<FaultKind, FaultKind>> = {
  invalidCredential: "missingCredential",
  malformedBody: "invalidRequest",
};

interface Fault {
  status: string;
  example?: string;
}

interface Place {
  call: Call;
  mediaType: string;
  example: string;
  schema: Obj;
}

const entry = (document: Obj, kind: FaultKind): Obj => objectAt(objectAt(document, "x-faults"), kind);

function declared(document: Obj, kind: FaultKind): Fault | undefined {
  const [status, example] = [stringAt(entry(document, kind), "status"), stringAt(entry(document, kind), "example")];
  if (status !== undefined && example !== undefined) return { status, example };
  const synonym = SYNONYMS[kind];
  return synonym && declared(document, synonym);
}

/** The status a contract declares for exactly this kind. */
export const faultStatus = (document: Obj, kind: FaultKind): string | undefined => stringAt(entry(document, kind), "status");

/** How many bytes of body the contract's vendor reads. */
export function limitOf(document: Obj): number {
  const limit = entry(document, "payloadTooLarge")["limit"];
  return typeof limit === "number" ? limit : DEFAULT_LIMIT;
}

export interface Faults {
  /** Whether the contract documents an answer of this kind. */
  knows(kind: FaultKind): boolean;
  /** @param near the call the request was on its way to, if any: its own response is preferred */
  answer(refusal: Refusal, near?: Call, path?: string, heard?: Heard): Maybe<MockAnswer>;
}

/** @param echo what the answers repeat of a request, if anything */
export function createFaults(document: Obj, calls: Call[], backend: Backend, echo?: (heard: Heard) => Echo): Faults {
  function find({ status, example }: Fault, near?: Call): Place | undefined {
    for (const call of near ? [near, ...calls] : calls) {
      const response = resolveObject(document, objectAt(call.operation, "responses")[status]);
      for (const [mediaType, media] of Object.entries(objectAt(response, "content"))) {
        const examples = objectAt(media, "examples");
        const key = example ?? Object.keys(examples)[0];
        if (key !== undefined && key in examples) return { call, mediaType, example: key, schema: objectAt(media, "schema") };
      }
    }
    return undefined;
  }

  const known = new Map<FaultKind, boolean>();

  return {
    knows(kind) {
      const found = known.get(kind);
      if (found !== undefined) return found;
      const fault = declared(document, kind);
      const knows = fault !== undefined && find(fault) !== undefined;
      known.set(kind, knows);
      return knows;
    },
    answer(refusal, near, path, heard) {
      const reason = sentence(oneLine(refusal.message, 500));
      const fault = refusal.answer ?? declared(document, refusal.kind);
      const place = fault && find(fault, near);
      if (!fault || !place) {
        const answer = problem(DEFAULT_STATUS[refusal.kind], reason, {}, { reason });
        return { ...answer, headers: { ...answer.headers, ...refusal.headers } };
      }
      const { call, mediaType, example, schema } = place;
      const said = heard && echo?.(heard);
      return chain(backend.render(call, { status: fault.status, mediaType, example }), ({ headers, body }) => ({
        status: Number(fault.status),
        headers: {
          ...(said ? Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, cleanHeader(said(text))])) : headers),
          // Allow belongs to 405: a vendor that says 404 instead does not list methods.
          ...(Number(fault.status) === DEFAULT_STATUS[refusal.kind] && refusal.headers),
          "content-type": mediaType,
          "x-latch-reason": headerValue(reason),
        },
        body: serialise(
          reword(said && typeof body === "string" ? said(body, escapeXml) : body, mediaType, reason, path, (steps, text) =>
            hasRoom(document, schema, steps, text),
          ),
          mediaType,
        ),
        note: { reason },
      }));
    },
  };
}
