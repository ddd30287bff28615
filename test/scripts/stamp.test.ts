import { expect, test } from "vitest";
import type { Obj } from "../../scripts/document.ts";
import { stamp } from "../../scripts/stamp.ts";

const bundle = (state: string, notBefore: string | null): Obj => ({
  info: { version: "1.2", "x-lifecycle": { state, notBefore } },
  paths: {
    "/a": { parameters: [{ $ref: "#/components/parameters/ApiVersion" }], get: { operationId: "showA" }, post: { operationId: "addA" } },
  },
  components: {
    parameters: { ApiVersion: { name: "Scp-Api-Version", in: "header", schema: { type: "string" }, "x-pin": "virtualserver {version}" } },
  },
});

test("a deprecated version is deprecated on every operation, with its date", () => {
  const stamped = stamp(bundle("DEPRECATED", "2026-05-31"));
  expect(stamped).toMatchObject({
    paths: { "/a": { get: { deprecated: true, "x-sunset": "2026-05-31" }, post: { deprecated: true, "x-sunset": "2026-05-31" } } },
  });
});

test("a supported version carries its date and is not deprecated", () => {
  const stamped = stamp(bundle("SUPPORTED", "2026-08-31"));
  expect(stamped).toHaveProperty(["paths", "/a", "get", "x-sunset"], "2026-08-31");
  expect(stamped).not.toHaveProperty(["paths", "/a", "get", "deprecated"]);
});

test("the header that chooses a version becomes its constant", () => {
  const pinned = (state: string): unknown => stamp(bundle(state, null))["components"];
  const parameter = { schema: { type: "string", const: "virtualserver 1.2" }, examples: { pinned: { value: "virtualserver 1.2" } } };
  expect(pinned("SUPPORTED")).toMatchObject({ parameters: { ApiVersion: { ...parameter, required: true } } });
  expect(pinned("CURRENT")).toMatchObject({ parameters: { ApiVersion: { ...parameter, required: false } } });
});

test("the bundle that is stamped stays as it was", () => {
  const input = bundle("DEPRECATED", "2026-05-31");
  const before = structuredClone(input);
  stamp(input);
  expect(input).toEqual(before);
});
