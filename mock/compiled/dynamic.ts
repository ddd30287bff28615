/**
 * A body made up from its schema. Rules between members (`if`, `dependentRequired`, `not` …) are not solved but kept: an object begins as
 * one that fits, usually with the members of a documented example, and members are taken in and out as long as it fits.
 */
import { arrayAt, isObject, objectAt, resolveObject, type Obj } from "../../scripts/document.ts";
import { fits } from "./fits.ts";
import { isEqual } from "./helpers.ts";
import { makeText } from "./made-text.ts";
import { Random } from "./random.ts";

/** Nothing could be made: the caller leaves the member out, or takes what an example has. */
const NOTHING = Symbol("nothing");

/** How deep a body is made up; below that stands what an example has, or as little as fits. */
const MAX_DEPTH = 12;
/** How many sets of members are tried for an object that no example shows. */
const ATTEMPTS = 40;

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
    if (node === undefined || node === true) return examples.length > 0 ? this.#random.pick(examples) : this.#random.whole(1, 9);
    const takes = (value: unknown): boolean => value !== NOTHING && fits(this.#document, node, value);
    for (const schema of depth > MAX_DEPTH ? [] : this.#variants(node)) {
      const value = this.#value({ schema, examples, depth }, takes);
      if (takes(value)) return value;
    }
    return examples.find(takes) ?? NOTHING;
  }

  /** The schema with `allOf` and one of its branches written into it, for each branch. */
  #variants(node: unknown): Obj[] {
    const base = this.#flat(node);
    const branches = [...arrayAt(base, "oneOf"), ...arrayAt(base, "anyOf")];
    if (branches.length === 0) return [base];
    return this.#random.shuffle(branches).map((branch) => this.#merge(base, this.#flat(branch)));
  }

  #flat(node: unknown): Obj {
    const schema = resolveObject(this.#document, node);
    return arrayAt(schema, "allOf").reduce<Obj>((all, part) => this.#merge(all, this.#flat(part)), schema);
  }

  #merge(one: Obj, other: Obj): Obj {
    return {
      ...one,
      ...other,
      properties: { ...objectAt(one, "properties"), ...objectAt(other, "properties") },
      required: [...new Set([...arrayAt(one, "required"), ...arrayAt(other, "required")])],
    };
  }

  #value(place: Place, takes: (value: unknown) => boolean): unknown {
    const { schema } = place;
    if ("const" in schema) return schema["const"];
    if (Array.isArray(schema["enum"])) return this.#random.pick(schema["enum"]);
    const listed = [schema["type"]].flat().filter((type) => type !== undefined);
    const types = listed.length > 0 ? listed : Object.keys(objectAt(schema, "properties")).length > 0 ? ["object"] : ["string"];
    // Null is what a value may be, and seldom what a reader wants to see.
    const wanted = types.length > 1 && !this.#random.chance(0.1) ? types.filter((type) => type !== "null") : types;
    switch (this.#random.pick(wanted)) {
      case "object":
        return this.#object(place, takes);
      case "array":
        return this.#array(place);
      case "integer":
      case "number":
        return this.#number(schema);
      case "boolean":
        return this.#random.chance(0.5);
      case "null":
        return null;
      default:
        return makeText(schema, this.#random, takes) ?? NOTHING;
    }
  }

  #number({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, type }: Obj): number {
    const at = (value: unknown, step = 0): number | undefined => (typeof value === "number" ? value + step : undefined);
    const step = at(multipleOf) ?? 1;
    const lowest = at(minimum) ?? at(exclusiveMinimum, step) ?? Math.min(0, (at(maximum) ?? 1000) - 1000);
    const highest = at(maximum) ?? at(exclusiveMaximum, -step) ?? lowest + 1000;
    const whole = this.#random.whole(Math.ceil(lowest / step), Math.floor(highest / step)) * step;
    return type === "integer" || Number.isInteger(whole) ? whole : Number(whole.toFixed(6));
  }

  #array({ schema, examples, depth }: Place): unknown {
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

  /** The members an object can have, each made up or taken from an example. */
  #members({ schema, examples, depth }: Place): Obj {
    const properties = objectAt(schema, "properties");
    const shown = examples.filter(isObject);
    const names = new Set([...Object.keys(properties), ...arrayAt(schema, "required").map(String), ...shown.flatMap(Object.keys)]);
    const made: Obj = {};
    for (const name of names) {
      const inside = shown.filter((example) => Object.hasOwn(example, name)).map((example) => example[name]);
      const member = Object.hasOwn(properties, name)
        ? properties[name]
        : isObject(schema["additionalProperties"]) && schema["additionalProperties"];
      const value = this.make(member === false ? undefined : member, inside, depth + 1);
      if (value !== NOTHING) made[name] = value;
    }
    return made;
  }

  #object(place: Place, takes: (value: unknown) => boolean): unknown {
    const members = this.#members(place);
    const names = Object.keys(members);
    const only = (chosen: readonly string[]): Obj =>
      Object.fromEntries(names.filter((name) => chosen.includes(name)).map((name) => [name, members[name]]));
    const begun = this.#begin(place, names, (set) => takes(only(set)));
    if (!begun) return NOTHING;
    let chosen = begun;
    for (const name of this.#random.shuffle(names)) {
      const present = chosen.includes(name);
      const changed: string[] = present ? chosen.filter((other) => other !== name) : [...chosen, name];
      // More often in than out: an optional member is worth seeing.
      if (this.#random.chance(present ? 0.2 : 0.7) && takes(only(changed))) chosen = changed;
    }
    return only(chosen);
  }

  /** A set of members that an object can have: as in an example, all, the required ones, or by trying. */
  #begin({ schema, examples }: Place, names: string[], takes: (chosen: string[]) => boolean): string[] | undefined {
    const required = arrayAt(schema, "required").map(String);
    const shown = this.#random.shuffle(examples.filter(isObject).map((example) => Object.keys(example)));
    const found = [...shown, names, required].find(takes);
    for (let attempt = 0; found === undefined && attempt < ATTEMPTS; attempt++) {
      const some = names.filter((name) => required.includes(name) || this.#random.chance(0.5));
      if (takes(some)) return some;
    }
    return found;
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
