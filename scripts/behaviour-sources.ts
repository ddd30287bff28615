/** What a table is checked against, besides its contract: the questions of the README, and the other versions of the API. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, type Obj } from "./document.ts";
import { readRegistry, type Entry } from "./registry.ts";
import { readYaml } from "./yaml.ts";

/** Path of an API's table, relative to the repository. */
export const tableOf = (api: string): string => `openapi/${api}/behaviour.yaml`;

/** Ids of the table of questions: `| Q7 | …`. */
export function questionsOf(root: string, readme: string): Set<string> {
  const text = existsSync(join(root, readme)) ? readFileSync(join(root, readme), "utf8") : "";
  return new Set([...text.matchAll(/^\|\s*(Q\d+)\s*\|/gm)].map(([, id = ""]) => id));
}

/** The other versions of the API, as they were generated last. */
export function generatedSiblings(root: string, { api, key }: Pick<Entry, "api" | "key">): { version: string; document: Obj }[] {
  const others = readRegistry(root).filter((entry) => entry.api === api && entry.key !== key);
  return others.flatMap(({ version, out }) => {
    const file = join(out, "openapi.yaml");
    const document = existsSync(join(root, file)) ? readYaml(root, file, "run npm run generate").value() : undefined;
    return isObject(document) ? [{ version, document }] : [];
  });
}
