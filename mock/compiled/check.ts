/** Whether a request fits its operation. What the operation does not have costs nothing, and a request that fits allocates no list. */
import { isObject, type Obj } from "../../scripts/document.ts";
import type { ParsedRequest, Violation } from "../types.ts";
import { compileMembers } from "./coerce.ts";
import { claimedNames, compileRead, Repeated } from "./parameters.ts";
import { violation, violationsOf } from "./sentences.ts";
import { namedValues, objectOf, type Named } from "./styles.ts";
import type { Parameter, RequestPlan, Validate, Validators } from "./types.ts";

/** The violations of one part of a request; undefined where there are none. */
type Check = (request: ParsedRequest) => Violation[] | undefined;

const FITS: Violation[] = [];
Object.freeze(FITS);

function validatorAt(validators: Validators, pointer: string): Validate {
  const validate = validators[pointer];
  if (!validate) throw new Error(`There is no validator for the schema at ${pointer}: run npm run generate.`);
  return validate;
}

function compileParameter(document: Obj, validators: Validators, parameter: Parameter, claimed: ReadonlySet<string>): Check {
  const { name, where, required, pointer } = parameter;
  const read = compileRead(document, parameter, claimed);
  const validate = validatorAt(validators, pointer);
  return (request) => {
    const value = read(request);
    if (value === undefined) return required ? [violation(where, [], `must have required property '${name}'`)] : undefined;
    if (value instanceof Repeated) return [violation(where, [name], `must be there once, it is there ${value.times} times`)];
    return validate(value) ? undefined : violationsOf(where, [name], validate.errors ?? []);
  };
}

const isForm = (mediaType: string): boolean => mediaType.toLowerCase() === "application/x-www-form-urlencoded";

/** The fields of a form: of its text, or of the object of texts that somebody made of it. */
function compileForm(document: Obj, schema: Obj): (body: unknown) => unknown {
  const make = compileMembers(document, schema);
  return (body) => {
    if (typeof body === "string") return objectOf(namedValues(new URLSearchParams(body)), make);
    if (!isObject(body)) return body;
    return objectOf(
      Object.entries(body).map(([name, value]): Named => [name, [value].flat().map(String)]),
      make,
    );
  };
}

function compileBody(document: Obj, validators: Validators, { bodies, bodyRequired }: RequestPlan): Check {
  const known = new Map(
    Object.entries(bodies).map(([mediaType, { pointer, schema }]) => {
      const decode = isForm(mediaType) ? compileForm(document, schema) : undefined;
      return [mediaType, { decode, validate: validatorAt(validators, pointer) }] as const;
    }),
  );
  return ({ mediaType, body }) => {
    if (mediaType === undefined || body === undefined) {
      return bodyRequired ? [{ where: "request", path: [], message: "Body parameter is required" }] : undefined;
    }
    const found = known.get(mediaType);
    if (!found) return undefined;
    const { decode, validate } = found;
    return validate(decode ? decode(body) : body) ? undefined : violationsOf("body", [], validate.errors ?? []);
  };
}

/**
 * @param document the bundle
 * @param validators of its schemas
 * @param plan one operation
 * @returns a check of requests: the body's violations first, then those of headers, query and path
 * @throws Error when a validator is missing
 */
export function compileCheck(document: Obj, validators: Validators, plan: RequestPlan): (request: ParsedRequest) => Violation[] {
  const { parameters, bodies } = plan;
  const claimed = claimedNames(document, parameters);
  const checks: Check[] = Object.keys(bodies).length > 0 ? [compileBody(document, validators, plan)] : [];
  for (const where of ["header", "query", "path"]) {
    const own = parameters.filter((parameter) => parameter.where === where);
    checks.push(...own.map((parameter) => compileParameter(document, validators, parameter, claimed)));
  }
  return (request) => {
    let violations: Violation[] | undefined;
    for (const check of checks) {
      const found = check(request);
      if (found) violations = violations ? [...violations, ...found] : found;
    }
    return violations ?? FITS;
  };
}
