/** Reading YAML values of unknown shape, and following the internal references of a bundle. */
/** @import { Found, Obj, Path } from "./types.ts" */

/** @type {(value: unknown) => value is Obj} */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @type {(value: unknown) => value is string} */
export const isText = (value) => typeof value === "string" && value.trim() !== "";

/** @type {(value: unknown) => value is unknown[]} */
export const isList = (value) => Array.isArray(value);

/**
 * `value[key]` as an object, or an empty one.
 * @param {unknown} value
 * @param {string} key
 * @returns {Obj}
 */
export function objectAt(value, key) {
  const found = isObject(value) ? value[key] : undefined;
  return isObject(found) ? found : {};
}

/**
 * `value[key]` as an array, or an empty one.
 * @param {Obj | undefined} value
 * @param {string} key
 * @returns {unknown[]}
 */
export function listAt(value, key) {
  const found = value?.[key];
  return isList(found) ? found : [];
}

/** @param {string} step one step of a JSON pointer (RFC 6901), perhaps percent-encoded */
const unescape = (step) => decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");

/**
 * @param {Path} path
 * @returns {string} as a JSON pointer in a URI fragment
 */
export const pointer = (path) =>
  path.map((step) => `/${encodeURIComponent(String(step).replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("");

/**
 * Follow `$ref` until something else stands there. A reference to nothing gives `undefined`: Redocly reports it.
 * @param {Obj} document
 * @param {unknown} value
 * @param {Path} [path] where `value` stands
 * @returns {Found}
 */
export function resolve(document, value, path = []) {
  const seen = new Set();
  let found = { value, path };
  while (isObject(found.value) && typeof found.value["$ref"] === "string" && !seen.has(found.value)) {
    seen.add(found.value);
    /** @type {Path} */
    const steps = found.value["$ref"].replace(/^#\/?/, "").split("/").map(unescape);
    found = { value: valueAt(document, steps), path: steps };
  }
  return found;
}

/**
 * @param {Obj} document
 * @param {Path} path
 * @returns {unknown} what stands there, or undefined
 */
function valueAt(document, path) {
  /** @type {unknown} */
  let value = document;
  for (const step of path) value = isObject(value) ? value[step] : isList(value) ? value[Number(step)] : undefined;
  return value;
}

/**
 * `resolve`, as an object (an empty one where something else stands).
 * @param {Obj} document
 * @param {unknown} value
 * @returns {Obj}
 */
export function resolveObject(document, value) {
  const found = resolve(document, value).value;
  return isObject(found) ? found : {};
}
