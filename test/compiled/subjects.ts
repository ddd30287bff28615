/** The bundles of the registry and the mock's fixtures. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isObject, type Obj } from "../../scripts/document.ts";
import { ROOT } from "../../scripts/root.ts";

export { contracts } from "../conformance/support/contracts.ts";

function fixture(name: string): { key: string; document: Obj } {
  const document: unknown = parse(readFileSync(join(ROOT, "test/mock/fixtures", `${name}.yaml`), "utf8"));
  if (!isObject(document)) throw new Error(`${name} is not an object.`);
  return { key: name, document };
}

export const fixtures = ["box-v1", "safe-v1.0", "desk-v1.1"].map(fixture);

/** A bundle with one operation: `post /things/{id}`, or `get` where it takes no body. */
export function documentOf({ parameters = [], body, components = {} }: { parameters?: Obj[]; body?: unknown; components?: Obj }): Obj {
  const requestBody = body === undefined ? {} : { requestBody: { required: true, content: { "application/json": { schema: body } } } };
  return {
    openapi: "3.1.0",
    paths: {
      "/things/{id}": { post: { operationId: "postThing", parameters, ...requestBody, responses: { "204": { description: "done" } } } },
    },
    components,
  };
}
