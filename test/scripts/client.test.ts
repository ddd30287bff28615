/** What the generator makes of a bundle: the options of a client, the versions it can speak, and which calls it may repeat. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { callsOf } from "../../scripts/calls.ts";
import { wayOf } from "../../scripts/client-credentials.ts";
import { choicesOf, microversionsOf, type Sibling } from "../../scripts/client-versions.ts";
import { generateClient } from "../../scripts/client.ts";
import { isObject, type Obj } from "../../scripts/document.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";

const entries = readRegistry(ROOT).map((entry) => {
  const document: unknown = parse(readFileSync(join(ROOT, entry.out, "openapi.yaml"), "utf8"));
  if (!isObject(document)) throw new Error(entry.key);
  return { ...entry, document };
});
const siblings = (api: string): Sibling[] => entries.filter((entry) => entry.api === api);
const bundle = (key: string): Obj => entries.find((entry) => entry.key === key)?.document ?? {};

/** A contract of one call whose version a header chooses. */
const small = (version: string, lifecycle: Obj, more: Obj = {}): Obj => ({
  info: { version, "x-lifecycle": lifecycle },
  servers: [{ url: "https://box.example.com/{place}", variables: { place: { default: "here", description: "Where */ it is." } } }],
  paths: {
    "/box": {
      parameters: [{ name: "Api", in: "header", required: true, "x-pin": "box {version}", schema: { const: `box ${version}` } }],
      post: { operationId: "openBox", summary: "Open", responses: { "204": { description: "ok" } }, deprecated: true, ...more },
    },
  },
});
const current = { state: "CURRENT", notBefore: null };

describe("versions", () => {
  const choices = (document: Obj, others: Obj[]): string[] =>
    choicesOf(
      document,
      [document, ...others].map((one) => ({ version: "", document: one })),
    ).map(({ version }) => version);

  test("of one surface can be chosen, whatever their state, and others not", () => {
    const old = small("1", { state: "DEPRECATED", notBefore: "2026-01-01" });
    const wider = small("3", current, { parameters: [{ name: "wide", in: "query" }] });
    expect(choices(small("2", current), [old, wider])).toEqual(["2", "1"]);
  });
  test("are none where no header chooses them", () => {
    expect(choicesOf(bundle("huawei-ecs@v1"), siblings("huawei-ecs"))).toEqual([]);
  });
  test("of Samsung: 1.0 stands alone, it lacks a field that the others have", () => {
    const of = (key: string): string[] => choicesOf(bundle(key), siblings("samsung-virtualserver")).map(({ version }) => version);
    expect(of("samsung-virtualserver@v1.0")).toEqual(["1.0"]);
    for (const version of ["1.1", "1.2", "1.3"]) expect(of(`samsung-virtualserver@v${version}`)).toEqual(["1.1", "1.2", "1.3"]);
  });
});

describe("microversions", () => {
  test("are those that every header takes, from 2.1 to 2.60", () => {
    const found = microversionsOf(bundle("huawei-ecs-native@v2.1"));
    expect(found?.headers).toEqual({ "OpenStack-API-Version": "compute {microversion}", "X-OpenStack-Nova-API-Version": "{microversion}" });
    expect(found?.numbers).toEqual(Array.from({ length: 60 }, (_, i) => `2.${i + 1}`));
  });
  test("are none at the older address, which ignores them, nor where there are no such headers", () => {
    expect(microversionsOf(bundle("huawei-ecs-native@v2"))).toBeUndefined();
    expect(microversionsOf(bundle("oracle-ecb@v1.1"))).toBeUndefined();
  });
});

test("each vendor's client imports its own module and knows which headers carry the proof", () => {
  const ways = entries.map(({ api, document }) => [api, wayOf(document)?.module, wayOf(document)?.proof.join()]);
  expect([...new Set(ways.map((way) => way.join(" ")))]).toEqual([
    "huawei-ecs-native huawei x-auth-token,authorization",
    "huawei-ecs huawei x-auth-token,authorization",
    "samsung-virtualserver scp scp-signature",
    "oracle-ecb ecb authorization",
  ]);
  expect(wayOf(small("1", current))).toBeUndefined();
});

test("a call is repeatable where it reads, or where the contract says so", () => {
  const marked = entries.flatMap(({ key, document }) =>
    callsOf(document).flatMap(({ id, method, repeatable }) => (repeatable && method !== "get" ? [`${key} ${id}`] : [])),
  );
  expect(marked).toEqual([
    ...["v2", "v2.1"].flatMap((version) => [`huawei-ecs-native@${version} lockServer`, `huawei-ecs-native@${version} unlockServer`]),
    ...["1.0", "1.1", "1.2", "1.3"].flatMap((version) =>
      ["lockServer", "unlockServer"].map((id) => `samsung-virtualserver@v${version} ${id}`),
    ),
    "oracle-ecb@v1.1 createToken",
    "oracle-ecb@v1.1 lockConfiguration",
  ]);
  const reads = entries.flatMap(({ document }) => callsOf(document)).filter(({ method }) => method === "get");
  expect(reads.length).toBeGreaterThan(10);
  expect(reads.filter(({ repeatable }) => !repeatable)).toEqual([]);
});

test("the text says it to the pipeline", () => {
  const text = generateClient(small("2", current, { "x-repeatable": { basis: "observed" } }), { api: "box", version: "v2" }, "// header");
  expect(text).toContain('send(client, { id: "openBox", method: "POST", path: "/box", repeatable: true }, parameters, init)');
  expect(text).toContain('"version": "2"');
  expect(text).toContain('"Api": "box {version}"');
  expect(text).toContain('/** Where *\\/ it is. Default: "here". */');
  expect(text).not.toContain("Credentials");
});

test("an end that is known is told to the hook even where no header chooses the version", () => {
  const dated = small("2", { state: "SUPPORTED", notBefore: "2027-01-01" });
  dated["paths"] = {};
  const text = generateClient(dated, { api: "box", version: "v2" }, "");
  expect(text).toContain('"ends": {\n    "2": "2027-01-01"\n  }');
});
