/** Values that fit a schema, from fast-check. What comes out is checked with Ajv, which knows neither engine. */
import fc from "fast-check";
import { arrayAt, isObject, objectAt, resolveObject, type Obj } from "../../scripts/document.ts";
import type { Subject } from "../conformance/support/contracts.ts";
import { schemasOf } from "../conformance/support/schemas.ts";

type Arb = fc.Arbitrary<unknown>;

const UUID = fc.tuple(fc.uuid(), fc.boolean()).map(([text, upper]) => (upper ? text.toUpperCase() : text));

const FORMATS: Record<string, fc.Arbitrary<string>> = {
  uuid: UUID,
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
  password: fc.string({ minLength: 8, maxLength: 26, unit: fc.constantFrom(..."abcXYZ0189!@$%^-_=+") }),
};

const numberAt = (schema: Obj, key: string): number | undefined => (typeof schema[key] === "number" ? schema[key] : undefined);

function textArb(schema: Obj): Arb {
  const { pattern, format } = schema;
  const byFormat = typeof format === "string" ? FORMATS[format] : undefined;
  const examples = arrayAt(schema, "examples");
  const shown = examples.length > 0 ? [fc.constantFrom(...examples)] : [];
  // fast-check cannot write texts for patterns with look-ahead: those have examples, or a format.
  if (typeof pattern === "string" && !/\(\?[=!<]/.test(pattern)) return fc.stringMatching(new RegExp(pattern, "u"));
  if (byFormat) return fc.oneof(byFormat, ...shown);
  if (typeof pattern === "string") return fc.oneof(...shown, fc.constantFrom("Fake-Passw0rd-Only"));
  const minLength = numberAt(schema, "minLength") ?? 0;
  const maxLength = Math.min(numberAt(schema, "maxLength") ?? Infinity, minLength + 30);
  return fc.oneof(fc.string({ minLength, maxLength }), fc.string({ minLength, maxLength, unit: "grapheme" }), ...shown);
}

/** Members that are there and not there; one member alone where there can only be one. */
function objectArb(document: Obj, schema: Obj, depth: number): Arb {
  const members = Object.entries(objectAt(schema, "properties")).map(
    ([name, member]) => [name, schemaArb(document, member, depth + 1)] as const,
  );
  if (schema["maxProperties"] === 1 && members.length > 0) {
    return fc.oneof(...members.map(([name, member]) => fc.record({ [name]: member })));
  }
  const required = arrayAt(schema, "required").map(String);
  const own = fc.record(Object.fromEntries(members), {
    requiredKeys: required.filter((name) => members.some(([known]) => known === name)),
  });
  const { additionalProperties: other } = schema;
  if (other === false) return own;
  const more = fc.dictionary(
    fc.stringMatching(/^[a-z][a-z-]{0,8}$/),
    isObject(other) ? schemaArb(document, other, depth + 1) : fc.jsonValue(),
    {
      maxKeys: 2,
    },
  );
  return fc
    .tuple(fc.integer({ min: 0, max: 3 }), own, more)
    .map(([roll, base, extra]) => (roll === 0 || members.length === 0 ? { ...extra, ...base } : base));
}

function typeArb(document: Obj, schema: Obj, type: unknown, depth: number): Arb {
  if (type === "null") return fc.constant(null);
  if (type === "boolean") return fc.boolean();
  if (type === "object") return objectArb(document, schema, depth);
  if (type === "string") return textArb(schema);
  if (type === "array") {
    const minLength = numberAt(schema, "minItems") ?? 0;
    return fc.array(schemaArb(document, schema["items"] ?? {}, depth + 1), {
      minLength,
      maxLength: numberAt(schema, "maxItems") ?? minLength + 3,
    });
  }
  const [min, max] = [numberAt(schema, "minimum") ?? -1000, numberAt(schema, "maximum") ?? 100_000];
  if (type === "integer") return fc.integer({ min: Math.ceil(min), max });
  return fc.double({ min, max, noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));
}

export function schemaArb(document: Obj, node: unknown, depth = 0): Arb {
  const schema = resolveObject(document, node);
  if ("const" in schema) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...schema["enum"]);
  const branches = [...arrayAt(schema, "oneOf"), ...arrayAt(schema, "anyOf")];
  if (branches.length > 0) return fc.oneof(...branches.map((branch) => schemaArb(document, branch, depth + 1)));
  const types = [schema["type"]].flat().filter((type) => type !== undefined);
  if (types.length === 0) return "properties" in schema ? objectArb(document, schema, depth) : fc.jsonValue({ maxDepth: 1 });
  return fc.oneof(...types.map((type) => typeArb(document, schema, type, depth)));
}

/** Only what Ajv finds to fit. */
export const fittingArb = ({ document }: Subject, node: unknown): Arb => {
  const schema = objectAt({ node }, "node");
  return schemaArb(document, schema).filter((value) => schemasOf(document).check(schema, value).length === 0);
};
