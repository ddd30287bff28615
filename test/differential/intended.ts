/**
 * Where the compiled engine means to differ from Prism, and why. An entry names the places that may differ in a request it is about, and
 * nothing else may; an entry that no request needs any more fails the test.
 */
import { arrayAt, resolveObject, stringAt } from "../../scripts/document.ts";
import type { Comparison } from "./compare.ts";

export interface Intended {
  name: string;
  reason: string;
  /** The places (`query depth`) that may differ; none where the entry is not about this request. */
  places(comparison: Comparison): string[];
  /** Whether the places may agree while the words differ. */
  words?: true;
  /** A request where it shows: the call `api@version id`, the target, and what else it needs. */
  shows: { call: string; url: string; headers?: Record<string, string>; body?: string };
}

interface Declared {
  name: string;
  where: string;
  types: unknown[];
  /** Whether it, its items or its members may be numbers. */
  numeric: boolean;
  exploded: boolean;
}

/** The parameters a request of this case can have. */
function declared({ given: { subject, call } }: Comparison): Declared[] {
  const nodes = [...arrayAt(call.pathItem, "parameters"), ...arrayAt(call.operation, "parameters")];
  return nodes.map((node) => {
    const parameter = resolveObject(subject.document, node);
    const schema = resolveObject(subject.document, parameter["schema"]);
    return {
      name: stringAt(parameter, "name") ?? "",
      where: stringAt(parameter, "in") ?? "",
      types: [schema["type"]].flat(),
      numeric: /"type":"(integer|number)"/.test(JSON.stringify(schema)),
      exploded: parameter["explode"] !== false && (stringAt(parameter, "style") ?? "form") === "form",
    };
  });
}

const placeOf = ({ where, name }: Declared): string => `${where} ${name.toLowerCase()}`;

/** What a request says in a parameter. */
function textsOf({ parsed }: Comparison, { where, name }: Declared): string[] {
  if (where === "query") return [...parsed.query].filter(([key]) => key === name || key.startsWith(`${name}[`)).map(([, text]) => text);
  return [where === "header" ? parsed.headers[name.toLowerCase()] : parsed.params[name]].filter((text) => text !== undefined);
}

/** JavaScript makes a number of it, JSON would not write it so. */
const oddNumber = (text: string): boolean =>
  text !== "" && !Number.isNaN(Number(text)) && !/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text);

/** The one object whose members are parameters of their own, with names that nobody declares. */
const openObject = (comparison: Comparison): Declared | undefined =>
  declared(comparison).find(({ where, types, exploded }) => where === "query" && types.includes("object") && exploded);

const ID = "89c312bb-285a-4026-a237-d441908c2f9e";
const JSON_TYPE = { "content-type": "application/json" };

export const INTENDED: Intended[] = [
  {
    name: "null, false, 0 and an empty text are bodies",
    reason: "Prism takes a body that JavaScript finds false for a missing one, and says so; the schema says what is wrong with it.",
    shows: { call: "huawei-ecs@v1 resizeServer", url: `/huawei-ecs/v1/p/cloudservers/${ID}/resize`, headers: JSON_TYPE, body: "false" },
    places: ({ parsed: { body } }) => (body === null || body === false || body === 0 || body === "" ? ["request", "body"] : []),
  },
  {
    name: "names in a query are case-sensitive",
    reason: "OpenAPI has it so for everything but headers; Prism looks for them in lower case.",
    shows: { call: "oracle-ecb@v1.1 listConfigElements", url: "/oracle-ecb/rest/v1.1/configuration/configElements?ELEMENTTYPE=a" },
    places: (comparison) => {
      const names = [...comparison.parsed.query.keys()];
      const known = declared(comparison).filter(({ where }) => where === "query");
      const miswritten = known.filter(({ name }) => names.some((one) => one !== name && one.toLowerCase() === name.toLowerCase()));
      return miswritten.flatMap((one) => ["query", placeOf(one)]);
    },
  },
  {
    name: "a number is written as JSON writes it",
    reason: "Prism leaves it to JavaScript, to which 0x10 and a blank before 5 are numbers; no vendor's parser takes them.",
    words: true,
    shows: {
      call: "oracle-ecb@v1.1 listConfigElements",
      url: "/oracle-ecb/rest/v1.1/configuration/configElements?elementType=a&offset=0x10",
    },
    places: (comparison) =>
      declared(comparison)
        .filter((one) => one.numeric && textsOf(comparison, one).some((text) => text.split(",").some(oddNumber)))
        .map(placeOf),
  },
  {
    name: "an open object has the members that nothing else claims",
    reason: "Prism keeps declared members only, so the key attributes of oracle-ecb reach no schema; a repeated one is no text.",
    shows: {
      call: "oracle-ecb@v1.1 listConfigElements",
      url: "/oracle-ecb/rest/v1.1/configuration/configElements?elementType=a&group-name=b&group-name=c",
    },
    places: (comparison) => {
      const open = openObject(comparison);
      const names = [...comparison.parsed.query.keys()];
      return open && new Set(names).size < names.length ? [placeOf(open)] : [];
    },
  },
  {
    name: "one value is there once",
    reason: "Prism makes a list of repeated values and says that a list is no text; that the name is there twice helps more.",
    words: true,
    shows: {
      call: "oracle-ecb@v1.1 listConfigElements",
      url: "/oracle-ecb/rest/v1.1/configuration/configElements?elementType=a&offset=1&offset=1",
    },
    places: (comparison) =>
      declared(comparison)
        .filter((one) => one.where === "query" && textsOf(comparison, one).length > 1 && !(one.types.includes("array") && one.exploded))
        .map(placeOf),
  },
  {
    name: "blanks after the comma of a header",
    reason: "A list in a header may have them (RFC 9110, 5.6.1); Prism counts them as part of the value.",
    shows: { call: "styles@v1 listThings", url: "/styles/v1/things/1", headers: { "x-flags": "a, b", "x-limit": "1" } },
    places: (comparison) =>
      declared(comparison)
        .filter(
          (one) => one.where === "header" && one.types.includes("array") && textsOf(comparison, one).some((text) => /,\s|\s,/.test(text)),
        )
        .map(placeOf),
  },
];
