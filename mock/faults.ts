/** The answers given before a call is reached, from the contract's `x-faults`: in the vendor's own shape, with our sentence in it. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Call } from "../scripts/calls.ts";
import { objectAt, resolveObject, stringAt, type Obj } from "../scripts/document.ts";
import { problem } from "./problem.ts";
import { DEFAULT_STATUS, type FaultKind, type Refusal } from "./refusal.ts";
import { serialise } from "./serialise.ts";
import { headerValue, oneLine, sentence } from "./text.ts";
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
  example: string;
}

interface Place extends Fault {
  call: Call;
  mediaType: string;
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
  answer(refusal: Refusal, near?: Call, path?: string): Promise<MockAnswer>;
}

export function createFaults(document: Obj, calls: Call[], backend: Backend): Faults {
  const ajv = new Ajv2020({ strict: false, logger: false });
  addFormats.default(ajv);

  function find(kind: FaultKind, near?: Call): Place | undefined {
    const fault = declared(document, kind);
    if (!fault) return undefined;
    for (const call of near ? [near, ...calls] : calls) {
      const response = resolveObject(document, objectAt(call.operation, "responses")[fault.status]);
      for (const [mediaType, media] of Object.entries(objectAt(response, "content"))) {
        if (fault.example in objectAt(media, "examples")) return { ...fault, call, mediaType, schema: objectAt(media, "schema") };
      }
    }
    return undefined;
  }

  const schemas = objectAt(objectAt(document, "components"), "schemas");
  const validators = new Map<Obj, ValidateFunction>();

  function fits(schema: Obj, body: unknown): boolean {
    // References of the schema point into the bundle's components, so they travel with it.
    const validate = validators.get(schema) ?? ajv.compile({ ...schema, components: { schemas } });
    validators.set(schema, validate);
    return validate(body);
  }

  return {
    knows: (kind) => find(kind) !== undefined,
    async answer(refusal, near, path) {
      const reason = sentence(oneLine(refusal.message, 500));
      const note = { reason };
      const place = find(refusal.kind, near);
      if (!place) {
        const answer = problem(DEFAULT_STATUS[refusal.kind], reason, {}, note);
        return { ...answer, headers: { ...answer.headers, ...refusal.headers } };
      }
      const { call, status, mediaType, example } = place;
      const { headers, body } = await backend.render(call, { status, mediaType, example });
      const reworded = reword(body, mediaType, reason, path);
      const own = { "content-type": mediaType, "x-latch-reason": headerValue(reason) };
      return {
        status: Number(status),
        // Allow belongs to 405: a vendor that says 404 instead does not list methods.
        headers: { ...headers, ...(Number(status) === DEFAULT_STATUS[refusal.kind] && refusal.headers), ...own },
        body: serialise(fits(place.schema, reworded) ? reworded : body, mediaType),
        note,
      };
    },
  };
}
