/** What generated validators ask `require` for. They bring no library with them, so these few things are here. */
import { isObject } from "../../scripts/document.ts";
import { FORMATS } from "./formats.ts";

/** Characters as JSON Schema counts them: code points, a lone surrogate is one. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = text.charCodeAt(index + 1);
    if (next >= 0xdc00 && next <= 0xdfff) {
      count--;
      index++;
    }
  }
  return count;
}

/** Whether two values of JSON are the same: `enum`, `const` and `uniqueItems` ask. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, index) => isEqual(item, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && isEqual(one[name], other[name]));
}

const HELPERS: { readonly [name: string]: unknown } = {
  "ajv/dist/runtime/ucs2length": { default: countCharacters },
  "ajv/dist/runtime/equal": { default: isEqual },
  formats: FORMATS,
};

/** Whether there is a helper of this name: asked when validators are generated, so that no request finds out. */
export const hasHelper = (name: string): boolean => Object.hasOwn(HELPERS, name);

/**
 * The `require` of generated validators.
 * @param name as Ajv's standalone code writes it, or `formats`
 * @throws Error when there is no such helper, which `generate` rules out
 */
export function requireHelper(name: string): unknown {
  if (!hasHelper(name)) throw new Error(`Validators ask for ${name}, which the mock does not have: run npm run generate.`);
  return HELPERS[name];
}
