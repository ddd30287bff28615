/**
 * A bundle as TypeScript types. The only module that knows openapi-typescript, which no longer gets updates
 * (docs/decisions/0003-openapi-typescript-behind-a-wall.md).
 */
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { isObject, objectAt, type Obj } from "./document.ts";

/** An object of optional members accepts two keys at once, and none; this refuses both. */
const EXCLUSIVE_UNION = `
type AllKeys<Union> = Union extends unknown ? keyof Union : never;
/** Exactly one of the members of a union: the keys of the others are forbidden. */
export type ExclusiveUnion<Union, Keys extends PropertyKey = AllKeys<Union>> = Union extends unknown
    ? Union & { [Key in Exclude<Keys, keyof Union>]?: never }
    : never;
`;

const { factory } = ts;

/** A closed object of exactly one property: the body of a URL that takes many (docs/contracts.md, "An action"). */
const hasOneKey = (schema: Obj): boolean =>
  schema["minProperties"] === 1 && schema["maxProperties"] === 1 && schema["additionalProperties"] === false;

/** `{ lock?: null; unlock?: null }` → `ExclusiveUnion<{ lock: null } | { unlock: null }>` */
function exclusive(node: ts.TypeLiteralNode): ts.TypeNode {
  const members = node.members.filter((member) => ts.isPropertySignature(member));
  const branches = members.map((member) =>
    factory.createTypeLiteralNode([factory.updatePropertySignature(member, member.modifiers, member.name, undefined, member.type)]),
  );
  return factory.createTypeReferenceNode("ExclusiveUnion", [factory.createUnionTypeNode(branches)]);
}

/** An object that names no property and allows none; openapi-typescript would let it hold anything. */
function closedAndEmpty(schema: Obj): ts.TypeNode | undefined {
  const types = [schema["type"]].flat();
  const closed =
    types.includes("object") && schema["additionalProperties"] === false && Object.keys(objectAt(schema, "properties")).length === 0;
  if (!closed || types.some((type) => type !== "object" && type !== "null")) return undefined;
  const nothing = factory.createTypeReferenceNode("Record", [
    factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
    factory.createKeywordTypeNode(ts.SyntaxKind.NeverKeyword),
  ]);
  return types.includes("null") ? factory.createUnionTypeNode([nothing, factory.createLiteralTypeNode(factory.createNull())]) : nothing;
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
    // A default is what the server assumes when a member is absent: it stays optional.
    defaultNonNullable: false,
    transform: (schema) => (isObject(schema) ? closedAndEmpty(schema) : undefined),
    postTransform: (node, { schema }) =>
      ts.isTypeLiteralNode(node) && isObject(schema) && hasOneKey(schema) ? exclusive(node) : undefined,
  });
  const text = astToString(ast);
  return `${header}${text.includes("ExclusiveUnion<") ? EXCLUSIVE_UNION : ""}\n${text}`;
}
