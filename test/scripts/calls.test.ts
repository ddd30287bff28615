import { expect, test } from "vitest";
import { callsOf } from "../../scripts/calls.ts";
import { expandCalls } from "../../scripts/expand.ts";
import type { Obj } from "../../scripts/document.ts";

const box: Obj = {
  paths: {
    "/box/action": {
      parameters: [{ name: "box", in: "query" }],
      post: {
        operationId: "performBoxAction",
        summary: "Act",
        requestBody: {
          required: true,
          content: {
            "application/json": { schema: { $ref: "#/components/schemas/BoxAction" }, examples: { lock: {}, open: {}, "open-wide": {} } },
          },
        },
        responses: {
          "202": { description: "ok", content: { "application/json": { examples: { opened: {} } } } },
          "409": { description: "no", content: { "application/json": { examples: { locked: {}, broken: {} } } } },
          "500": { description: "oh", content: { "application/json": { examples: { fault: {} } } } },
        },
      },
      get: { operationId: "showBox", summary: "Show", responses: { "200": { description: "ok" } } },
    },
  },
  components: {
    schemas: {
      BoxAction: { properties: { lock: { $ref: "#/components/schemas/lock" }, open: { $ref: "#/components/schemas/open" } } },
      lock: {
        "x-call": { id: "lockBox", summary: "Lock a box", request: ["lock"], responses: { "202": "empty", "409": "never" } },
        "x-basis": "documented",
      },
      open: {
        "x-call": {
          id: "openBox",
          summary: "Open a box",
          request: ["open", "open-wide"],
          responses: { "202": ["opened"], "409": ["locked"] },
        },
      },
    },
  },
};

const mediaTypes = (id: string): Record<string, string | undefined> => {
  const call = callsOf(box).find((candidate) => candidate.id === id);
  return Object.fromEntries(Object.entries(call?.answers ?? {}).map(([status, { mediaType }]) => [status, mediaType]));
};

test("every action is a call, and so is the other operation of the URL", () => {
  expect(callsOf(box).map(({ id, action }) => [id, action])).toEqual([
    ["showBox", undefined],
    ["lockBox", "lock"],
    ["openBox", "open"],
  ]);
});

test("a call gives the answers its action names, and the errors it does not mention", () => {
  expect(mediaTypes("lockBox")).toEqual({ "202": undefined, "500": "application/json" });
  expect(mediaTypes("openBox")).toEqual({ "202": "application/json", "409": "application/json", "500": "application/json" });
  expect(callsOf(box).find(({ id }) => id === "openBox")?.answers["409"]?.examples).toEqual(["locked"]);
});

test("for reading, every action becomes an operation with its own body, answers and examples", () => {
  const paths = expandCalls(box)["paths"];
  expect(Object.keys(Object(paths))).toEqual(["/box/action", "/box/action#lock", "/box/action#open"]);
  expect(paths).toMatchObject({
    "/box/action": { get: { operationId: "showBox" } },
    "/box/action#lock": { parameters: [{ name: "box" }], post: { operationId: "lockBox", responses: { "202": { description: "ok" } } } },
    "/box/action#open": {
      post: {
        requestBody: { content: { "application/json": { schema: { required: ["open"] }, examples: { open: {}, "open-wide": {} } } } },
      },
    },
  });
  expect(paths).not.toHaveProperty(["/box/action", "post"]);
  expect(paths).not.toHaveProperty(["/box/action#lock", "post", "responses", "202", "content"]);
  expect(paths).not.toHaveProperty(["/box/action#lock", "post", "responses", "409"]);
});

test("an answer without its siblings' body has none of the headers that speak of one", () => {
  const document = structuredClone(box);
  const response = Object(document)["paths"]["/box/action"]["post"]["responses"]["202"];
  response.headers = { Location: {}, "X-Request-Id": {} };
  const [, lock, open] = callsOf(document);
  expect(Object.keys(Object(lock?.answers["202"]?.response["headers"]))).toEqual(["X-Request-Id"]);
  expect(lock?.answers["202"]?.response).not.toHaveProperty("content");
  expect(Object.keys(Object(open?.answers["202"]?.response["headers"]))).toEqual(["Location", "X-Request-Id"]);
});
