/**
 * A bundle as TypeScript types. The only module that knows openapi-typescript, which no longer gets updates
 * (docs/decisions/0003-openapi-typescript-behind-a-wall.md).
 */
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { arrayAt, isObject, resolveObject, type Obj } from "./document.ts";

/** A union of closed objects accepts the keys of two branches at once in TypeScript; this refuses them. */
const EXCLUSIVE_UNION = `
type AllKeys<Union> = Union extends unknown ? keyof Union : never;
/** Exactly one of the members of a union: the keys of the others are forbidden. */
export type ExclusiveUnion<Union, Keys extends PropertyKey = AllKeys<Union>> = Union extends unknown
    ? Union & { [Key in Exclude<Keys, keyof Union>]?: never }
    : never;
`;

const isClosedObject = (schema: Obj): boolean => schema["type"] === "object" && schema["additionalProperties"] === false;

/** Whether every branch of a `oneOf` is an object that names all its keys. */
function isExclusive(document: Obj, schema: unknown): boolean {
  const branches = arrayAt(schema, "oneOf").map((branch) => resolveObject(document, branch));
  return branches.length > 1 && branches.every(isClosedObject);
}

/**
 * @param document a bundle
 * @param header lines put on top, as comments
 * @returns TypeScript source that exports `paths`, `components`, `operations`, and `ExclusiveUnion` where it is needed
 */
export async function generateTypes(document: Obj, header: string): Promise<string> {
  // As text, because openapi-typescript types its object input more narrowly than OpenAPI 3.1 is.
  const ast = await openapiTS(JSON.stringify(document), {
    silent: true,
    emptyObjectsUnknown: true,
    postTransform(node, { schema }) {
      if (!ts.isUnionTypeNode(node) || !isObject(schema) || !isExclusive(document, schema)) return undefined;
      return ts.factory.createTypeReferenceNode("ExclusiveUnion", [node]);
    },
  });
  const text = astToString(ast);
  return `${header}${text.includes("ExclusiveUnion<") ? EXCLUSIVE_UNION : ""}\n${text}`;
}
