import { expect, test } from "vitest";
import type { Obj } from "../../scripts/document.ts";
import { specialiseRefusals } from "../../scripts/specialise.ts";

const operation = (main: string, level: string): Obj => ({
  "x-permissions": { main, level },
  responses: { "403": { $ref: "#/components/responses/Forbidden" }, "404": { $ref: "#/components/responses/NotFound" } },
});

const bundle = (): Obj => ({
  paths: {
    "/lock": { post: operation("box:LockBox", "UPDATE") },
    "/box": { delete: operation("box:DeleteBox", "DELETE"), get: { responses: {} } },
  },
  components: {
    examples: {
      refused: { summary: "s", value: { action: "box:LockBox", message: "No permission to Update." } },
      other: { value: { message: "Update later." } },
    },
    responses: {
      Forbidden: {
        content: {
          "application/json": {
            examples: { refused: { $ref: "#/components/examples/refused" }, other: { $ref: "#/components/examples/other" } },
          },
        },
      },
      NotFound: {},
    },
  },
});

test("the 403 of a call names the call's own permission and level", () => {
  const document = bundle();
  specialiseRefusals(document);
  const examples = ["paths", "/box", "delete", "responses", "403", "content", "application/json", "examples"];
  expect(document).toHaveProperty([...examples, "refused", "value"], { action: "box:DeleteBox", message: "No permission to Delete." });
  expect(document).toHaveProperty(["paths", "/box", "delete", "responses", "403", "x-response"], "Forbidden");
});

test("an example that names no permission, the other errors and the shared response stay as they were", () => {
  const document = bundle();
  const before = structuredClone(document);
  specialiseRefusals(document);
  const responses = ["paths", "/box", "delete", "responses"];
  expect(document).toHaveProperty([...responses, "403", "content", "application/json", "examples", "other"], {
    $ref: "#/components/examples/other",
  });
  expect(document).toHaveProperty([...responses, "404"], { $ref: "#/components/responses/NotFound" });
  expect(document["components"]).toEqual(before["components"]);
});
