/** Every call × every documented status × every example of it: asked for with `Prefer`, the mock gives exactly that answer. */
import { afterAll, describe, expect, test } from "vitest";
import type { Call, CallAnswer } from "../../scripts/calls.ts";
import { objectAt, resolveObject, type Obj } from "../../scripts/document.ts";
import { takeCensus } from "./support/census.ts";
import { contracts, type Subject } from "./support/contracts.ts";
import { credentialsOf } from "./support/credentials.ts";
import { mediaTypeOf, useMock, type Incoming } from "./support/mock.ts";
import { exampleValues, parametersOf, requestFor, type Choice } from "./support/requests.ts";
import { schemasOf } from "./support/schemas.ts";

const mock = useMock();
const census = takeCensus();
const covered = new Set<string>();

const mediaOf = ({ response, mediaType }: CallAnswer): Obj => objectAt(objectAt(response, "content"), mediaType ?? "");

/** What the mock did otherwise than the contract says; empty where it did as it says. */
function faultsOf({ document }: Subject, answer: CallAnswer, example: string | undefined, got: Incoming): string[] {
  const { mediaType } = answer;
  if (mediaType === undefined || example === undefined) return got.text === "" ? [] : [`a body where there is none: ${got.text}`];
  if (mediaTypeOf(got) !== mediaType) return [`the media type ${mediaTypeOf(got)} instead of ${mediaType}`];
  const value: unknown = mediaType.endsWith("json") ? JSON.parse(got.text) : got.text;
  expect(value).toEqual(resolveObject(document, objectAt(mediaOf(answer), "examples")[example])["value"]);
  return schemasOf(document).checkBody(mediaType, mediaOf(answer), value);
}

/** Headers the contract documents with an example are part of the answer. */
function headerFaults({ document }: Subject, { response }: CallAnswer, got: Incoming): string[] {
  return Object.entries(objectAt(response, "headers")).flatMap(([name, node]) => {
    const header = resolveObject(document, node);
    const schema = objectAt(header, "schema");
    const value = got.headers[name.toLowerCase()];
    if (typeof value !== "string") return [`the header ${name} is missing`];
    return schemasOf(document)
      .check(schema, schema["type"] === "integer" ? Number(value) : value)
      .map((fault) => `the header ${name}: ${fault}`);
  });
}

async function ask(contract: Subject, call: Call, status: string, example: string | undefined, prefer: boolean): Promise<void> {
  const request = requestFor(contract, call);
  if (prefer) request.headers["Prefer"] = [`code=${status}`, ...(example === undefined ? [] : [`example=${example}`])].join(", ");
  const got = await mock.send(request);
  const answer = call.answers[status];
  expect(`${got.status} ${got.headers["x-latch-reason"] ?? ""}`.trim()).toBe(status);
  expect(answer && [...faultsOf(contract, answer, example, got), ...headerFaults(contract, answer, got)]).toEqual([]);
}

describe.each(contracts.map((contract) => ({ key: contract.key, contract })))("$key", ({ key, contract }) => {
  describe.each(contract.calls.map((call) => ({ id: call.id, call })))("$id", ({ id, call }) => {
    test.each(Object.entries(call.answers))("%s", async (status, { mediaType, examples }) => {
      // An answer without a body is one answer; one with a body but without an example could not be asked for.
      const wanted = mediaType === undefined ? [undefined] : examples;
      expect(wanted.length).toBeGreaterThan(0);
      for (const example of wanted) await ask(contract, call, status, example, true);
      covered.add(`${key} ${id} ${status}`);
    });

    test("the first success, when nothing is preferred", async () => {
      const status = call.statuses.find((one) => one.startsWith("2")) ?? "none";
      await ask(contract, call, status, call.answers[status]?.examples[0], false);
    });

    test("takes every example of a request, of a parameter, and every kind of credential", async () => {
      const { document } = contract;
      const optional = parametersOf(contract, call).filter((parameter) => parameter["x-pin"] === undefined);
      const choices: Choice[] = [
        ...call.requestExamples.map((example) => ({ example })),
        ...optional.flatMap((one) => exampleValues(document, one).map((value) => ({ parameters: { [String(one["name"])]: value } }))),
        ...credentialsOf(document, call.operation).map((credentials) => ({ credentials })),
      ];
      for (const choice of choices) {
        const got = await mock.send(requestFor(contract, call, choice));
        expect(got.status, `${JSON.stringify(choice)}: ${got.headers["x-latch-reason"] ?? ""}`).toBeLessThan(300);
      }
    });
  });
});

test(`every one of the ${census.length} calls × statuses in the bundles was asked for and answered as documented`, () => {
  expect(new Set(census).size).toBe(census.length);
  expect([...covered].toSorted()).toEqual(census.toSorted());
});

afterAll(() => console.log(`conformance: ${covered.size} of ${census.length} (call, status) pairs answered as the contracts say`));
