import { expect, test } from "vitest";
import { pruneComponents } from "../../scripts/prune.ts";

test("components nobody reaches go, those reached through others and security schemes stay", () => {
  const document = {
    paths: { "/a": { get: { responses: { "404": { $ref: "#/components/responses/NotFound" } } } } },
    components: {
      responses: { NotFound: { content: { "application/json": { schema: { $ref: "#/components/schemas/Fault" } } } }, Unused: {} },
      schemas: {
        Fault: { properties: { inner: { $ref: "#/components/schemas/Inner/properties/x" } } },
        Inner: {},
        Loop: { $ref: "#/components/schemas/Loop" },
      },
      examples: { orphan: { value: 1 } },
      securitySchemes: { token: { type: "apiKey" } },
    },
  };
  pruneComponents(document);
  expect(Object.keys(document.components)).toEqual(["responses", "schemas", "securitySchemes"]);
  expect(Object.keys(document.components.responses)).toEqual(["NotFound"]);
  expect(Object.keys(document.components.schemas)).toEqual(["Fault", "Inner"]);
});
