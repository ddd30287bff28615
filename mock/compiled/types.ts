/** What generated validators look like from outside, and what is known of a request before one comes. */
import type { Method, Obj } from "../../scripts/document.ts";

/** One thing that does not fit, as Ajv's standalone code reports it. */
export interface Finding {
  /** JSON pointer into the value, empty for the value itself. */
  instancePath: string;
  /** The schema keyword that failed. */
  keyword: string;
  params: { [name: string]: unknown };
}

/** A generated function: true where the value fits, else `errors` holds what does not until the next call. */
export interface Validate {
  (value: unknown): boolean;
  errors?: Finding[] | null;
}

/** By JSON pointer of the schema in the bundle, references followed: `/components/schemas/Lock`. */
export type Validators = { [pointer: string]: Validate };

export type Place = "path" | "query" | "header";

/** A parameter of an operation. */
export interface Parameter {
  name: string;
  where: Place;
  required: boolean;
  style: string;
  explode: boolean;
  /** Where its schema stands. */
  pointer: string;
  schema: Obj;
}

/** What an operation takes. */
export interface RequestPlan {
  method: Method;
  /** The key under `paths`. */
  path: string;
  parameters: Parameter[];
  bodyRequired: boolean;
  /** By media type. */
  bodies: { [mediaType: string]: { pointer: string; schema: Obj } };
}
