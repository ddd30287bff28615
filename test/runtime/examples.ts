/** Every example that the ten contracts document for an answer, straight from the bundles. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { METHODS, isObject, objectAt, resolveObject } from "../../scripts/document.ts";
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

/** @param wanted by status */
export function documentedExamples(wanted: (status: number) => boolean): Documented[] {
  const found: Documented[] = [];
  for (const { key, out } of readRegistry(ROOT)) {
    const document: unknown = parse(readFileSync(join(ROOT, out, "openapi.yaml"), "utf8"), { maxAliasCount: -1 });
    if (!isObject(document)) throw new Error(`${out}/openapi.yaml is no object: run npm run generate.`);
    for (const [path, item] of Object.entries(objectAt(document, "paths"))) {
      for (const method of METHODS) {
        for (const [code, answer] of Object.entries(objectAt(objectAt(item, method), "responses"))) {
          const status = Number(code);
          if (!wanted(status)) continue;
          for (const media of Object.values(objectAt(resolveObject(document, answer), "content"))) {
            for (const [example, holder] of Object.entries(objectAt(media, "examples"))) {
              const value = resolveObject(document, holder)["value"];
              found.push({ contract: key, operation: `${method.toUpperCase()} ${path}`, status, example, value });
            }
          }
        }
      }
    }
  }
  return found;
}
