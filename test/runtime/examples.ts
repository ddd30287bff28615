/** Every example that the ten contracts document for an answer, straight from the bundles. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { METHODS, isObject, objectAt, resolveObject, type Obj } from "../../scripts/document.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";

export interface Documented {
  contract: string;
  /** `POST /v1/servers/{server_id}/lock` */
  operation: string;
  status: number;
  example: string;
  value: unknown;
}

/** The operations of a bundle, each with the answers it documents. */
function answersOf(document: Obj): { operation: string; status: number; answer: unknown }[] {
  return Object.entries(objectAt(document, "paths")).flatMap(([path, item]) =>
    METHODS.flatMap((method) =>
      Object.entries(objectAt(objectAt(item, method), "responses")).map(([code, answer]) => {
        return { operation: `${method.toUpperCase()} ${path}`, status: Number(code), answer };
      }),
    ),
  );
}

/** @param wanted by status */
export function documentedExamples(wanted: (status: number) => boolean): Documented[] {
  const found: Documented[] = [];
  for (const { key, out } of readRegistry(ROOT)) {
    const document: unknown = parse(readFileSync(join(ROOT, out, "openapi.yaml"), "utf8"), { maxAliasCount: -1 });
    if (!isObject(document)) throw new Error(`${out}/openapi.yaml is no object: run npm run generate.`);
    for (const { operation, status, answer } of answersOf(document).filter((one) => wanted(one.status))) {
      const media = Object.values(objectAt(resolveObject(document, answer), "content"));
      for (const [example, holder] of media.flatMap((one) => Object.entries(objectAt(one, "examples")))) {
        found.push({ contract: key, operation, status, example, value: resolveObject(document, holder)["value"] });
      }
    }
  }
  return found;
}
