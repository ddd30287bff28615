/** The document of the control API as a judge of what is sent and answered. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { document } from "../../generated/latch-control/v1/document.ts";
import { callsOf, type Call } from "../../scripts/calls.ts";
import { isObject, objectAt, resolveObject, type Obj } from "../../scripts/document.ts";

if (!isObject(document)) throw new Error("The document is not an object: run npm run generate.");
export const control: Obj = document;

/** Every operation, by `METHOD /path`. */
export const operations: Map<string, Call> = new Map(callsOf(control).map((call) => [`${call.method.toUpperCase()} ${call.path}`, call]));

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(control, "control");

const compiled = new Map<string, ValidateFunction>();

function validatorOf(schema: Obj): ValidateFunction {
  // References in the document begin at its root.
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"control#/');
  const known = compiled.get(text) ?? ajv.compile(JSON.parse(text));
  compiled.set(text, known);
  return known;
}

/** @returns what does not fit, a line each */
export function findings(schema: Obj, value: unknown): string[] {
  const validate = validatorOf(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const schemaOf = (holder: Obj): Obj => Object.values(objectAt(holder, "content")).map((media) => objectAt(media, "schema"))[0] ?? {};

/** The schema of what an operation takes. */
export const bodySchema = (call: Call): Obj => schemaOf(resolveObject(control, call.operation["requestBody"]));

/** The schema and the media type of an answer; undefined where it has no body. */
export function answerSchema(call: Call, status: number): { mediaType: string; schema: Obj } | undefined {
  const answer = call.answers[String(status)];
  return answer?.mediaType === undefined ? undefined : { mediaType: answer.mediaType, schema: schemaOf(answer.response) };
}

export const PROBLEM: Obj = { $ref: "#/components/schemas/Problem" };
