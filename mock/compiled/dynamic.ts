/** A body that is made up from its schema: the same for the same seed, and always one that fits. */
import { arrayAt, isObject, objectAt, type Obj } from "../../scripts/document.ts";
import { fits } from "./fits.ts";
import { isEqual } from "./helpers.ts";
import { makeNumber } from "./made-number.ts";
import { chooseMembers } from "./made-object.ts";
import { makeText } from "./made-text.ts";
import { Random } from "./random.ts";
import { variantsOf } from "./variants.ts";

/** Nothing could be made: the caller leaves the member out. */
const NOTHING = Symbol("nothing");

/** How deep a body is made up; below that stands what an example has. */
const MAX_DEPTH = 12;

/** What is known at one place of a body. */
interface Place {
  schema: Obj;
  /** What examples have at this place. */
  examples: unknown[];
  depth: number;
}

class Maker {
  readonly #document: Obj;
  readonly #random: Random;

  constructor(document: Obj, random: Random) {
    this.#document = document;
    this.#random = random;
  }

  /** A value that fits, an example's value where none can be made, or NOTHING. */
  make(node: unknown, examples: unknown[], depth = 0): unknown {
    if (!isObject(node)) return examples.length > 0 ? this.#random.pick(examples) : this.#random.whole(1, 9);
    const takes = (value: unknown): boolean => value !== NOTHING && fits(this.#document, node, value);
    const variants = depth > MAX_DEPTH ? [] : this.#random.shuffle(variantsOf(this.#document, node));
    for (const schema of variants) {
      const value = this.#value({ schema, examples, depth }, takes);
      if (takes(value)) return value;
    }
    return examples.find(takes) ?? NOTHING;
  }

  #value(place: Place, takes: (value: unknown) => boolean): unknown {
    const { schema } = place;
    if ("const" in schema) return schema["const"];
    if (Array.isArray(schema["enum"])) return this.#random.pick(schema["enum"]);
    switch (this.#type(schema)) {
      case "object":
        return this.#object(place, takes);
      case "array":
        return this.#array(place);
      case "integer":
      case "number":
        return makeNumber(schema, this.#random);
      case "boolean":
        return this.#random.chance(0.5);
      case "null":
        return null;
      default:
        return makeText(schema, this.#random, takes) ?? NOTHING;
    }
  }

  #type(schema: Obj): unknown {
    const types = [schema["type"]].flat().filter((type) => type !== undefined);
    if (types.length === 0) return Object.keys(objectAt(schema, "properties")).length > 0 ? "object" : "string";
    // Null is what a value may be, and seldom what a reader wants to see.
    const wanted = types.length > 1 && !this.#random.chance(0.1) ? types.filter((type) => type !== "null") : types;
    return this.#random.pick(wanted);
  }

  #array({ schema, examples, depth }: Place): unknown[] {
    const least = Number(schema["minItems"] ?? 0);
    const most = Math.min(Number(schema["maxItems"] ?? Infinity), Math.max(least, 3));
    const inside = examples.filter(Array.isArray).flat();
    const items: unknown[] = [];
    const wanted = this.#random.whole(Math.min(Math.max(least, 1), most), most);
    for (let attempt = 0; items.length < wanted && attempt < wanted * 4; attempt++) {
      const item = this.make(schema["items"], inside, depth + 1);
      if (item === NOTHING) break;
      if (schema["uniqueItems"] !== true || !items.some((other) => isEqual(item, other))) items.push(item);
    }
    return items;
  }

  #object({ schema, examples, depth }: Place, takes: (value: unknown) => boolean): unknown {
    const properties = objectAt(schema, "properties");
    const required = arrayAt(schema, "required").map(String);
    const shown = examples.filter(isObject);
    const members: Obj = {};
    for (const name of new Set([...Object.keys(properties), ...required, ...shown.flatMap(Object.keys)])) {
      const inside = shown.filter((example) => Object.hasOwn(example, name)).map((example) => example[name]);
      const value = this.make(Object.hasOwn(properties, name) ? properties[name] : schema["additionalProperties"], inside, depth + 1);
      if (value !== NOTHING) members[name] = value;
    }
    return chooseMembers({ members, required, shown: shown.map((example) => Object.keys(example)) }, this.#random, takes) ?? NOTHING;
  }
}

/**
 * @param document the bundle
 * @param schema of the body, or a reference to it
 * @param seed another seed, another body
 * @param examples bodies that are documented there: what they show is a guide, their values stand in where none can be made
 * @returns a value that fits the schema, or undefined where none was found
 */
export function makeBody(document: Obj, schema: unknown, seed: string, examples: unknown[] = []): unknown {
  const value = new Maker(document, new Random(seed)).make(schema, examples);
  return value === NOTHING ? undefined : value;
}
