/** Reading a bundle: the JSON shapes we rely on, and its internal references. */

/** A JSON object of unknown members: what YAML gives us before anything is checked. */
export type Obj = { [key: string]: unknown };

/** The HTTP methods a Path Item can carry, in the order OpenAPI lists them. */
export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
export type Method = (typeof METHODS)[number];

export const isObject = (value: unknown): value is Obj => typeof value === "object" && value !== null && !Array.isArray(value);

/** `value[key]` as an object, or an empty one. */
export const objectAt = (value: unknown, key: string): Obj => {
  const found = isObject(value) ? value[key] : undefined;
  return isObject(found) ? found : {};
};

/** `value[key]` as an array, or an empty one. */
export const arrayAt = (value: unknown, key: string): unknown[] => {
  const found = isObject(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
};

/** `value[key]` as a string, or undefined. */
export const stringAt = (value: unknown, key: string): string | undefined => {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === "string" ? found : undefined;
};

/** One step of a JSON pointer (RFC 6901), unescaped. */
export const unescapeStep = (step: string): string => step.replaceAll("~1", "/").replaceAll("~0", "~");

/**
 * The value a JSON pointer names.
 * @param document the bundle
 * @param pointer `#/components/…` or `/components/…`
 * @returns the value, or undefined where nothing stands
 */
export function valueAt(document: unknown, pointer: string): unknown {
  const steps = pointer.replace(/^#?\//, "").split("/").map(unescapeStep);
  let value: unknown = document;
  for (const step of steps) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isObject(value)) value = value[step];
    else return undefined;
  }
  return value;
}

/**
 * Follow `$ref` until something else stands there (a bundle only has internal references).
 * @throws Error when a reference points to nothing
 */
export function resolve(document: unknown, node: unknown): unknown {
  let value = node;
  for (let hops = 0; isObject(value) && typeof value["$ref"] === "string"; hops++) {
    const target = valueAt(document, value["$ref"]);
    if (target === undefined || hops > 32) throw new Error(`The reference ${value["$ref"]} points to nothing.`);
    value = target;
  }
  return value;
}

/** `resolve`, as an object (an empty one where something else stands). */
export const resolveObject = (document: unknown, node: unknown): Obj => {
  const value = resolve(document, node);
  return isObject(value) ? value : {};
};
