/** The corpus of bad requests (negative.ts): each gets a clear answer in the vendor's shape, without a stack and without a hang. */
import { XMLParser } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { isObject, objectAt, resolveObject, type Obj } from "../../scripts/document.ts";
import { CORPUS } from "./corpus.ts";
import type { BadRequest, Spoil } from "./negative.ts";
import { callNamed, contractNamed, contracts } from "./support/contracts.ts";
import { credentialsOf } from "./support/credentials.ts";
import { mediaTypeOf, useMock, type Incoming, type Outgoing } from "./support/mock.ts";
import { requestFor } from "./support/requests.ts";
import { isXml, schemasOf } from "./support/schemas.ts";

const mock = useMock();

function spoiled(valid: Outgoing, { method, path, swap, headers = {}, body }: Spoil): Outgoing {
  if (swap && !valid.path.includes(swap[0])) throw new Error(`There is no ${swap[0]} in ${valid.path}.`);
  const kept = Object.entries({ ...valid.headers, ...headers }).filter((pair): pair is [string, string] => pair[1] !== null);
  const sent = body === undefined ? valid.body : (body ?? undefined);
  return {
    method: method ?? valid.method,
    path: path ?? (swap ? valid.path.replace(swap[0], swap[1]) : valid.path),
    headers: Object.fromEntries(kept),
    ...(sent !== undefined && { body: sent }),
  };
}

function outgoing({ contract, call, spoil }: BadRequest): Outgoing {
  if (contract === undefined || call === undefined) return spoiled({ method: "GET", path: "/", headers: {} }, spoil);
  const subject = contractNamed(contract);
  return spoiled(requestFor(subject, callNamed(subject, call)), spoil);
}

/** Names at the top of a body: the members of JSON, the root of XML, and `problem` where the mock speaks for itself. */
function shapeOf(got: Incoming): string[] {
  if (mediaTypeOf(got) === "application/problem+json") return ["problem"];
  const xml = isXml(mediaTypeOf(got));
  if (got.text === "") return [];
  const body: unknown = xml ? new XMLParser({ ignoreDeclaration: true }).parse(got.text) : JSON.parse(got.text);
  return Object.keys(isObject(body) ? body : {}).map((name) => (xml ? `<${name}>` : name));
}

/** The Media Type Objects a contract documents for a status: the call's own where it has the status, else those of all calls. */
function documented(key: string, call: string | undefined, status: number, mediaType: string): Obj[] {
  const { calls, document } = contractNamed(key);
  const all = calls.map((one) => ({ id: one.id, response: resolveObject(document, objectAt(one.operation, "responses")[String(status)]) }));
  const own = all.filter(({ id, response }) => id === call && "description" in response);
  return (own.length > 0 ? own : all)
    .map(({ response }) => objectAt(objectAt(response, "content"), mediaType))
    .filter((media) => "schema" in media);
}

/** What does not fit any of the schemas the contract documents for this answer; empty where one fits. */
function misfit({ contract, call, status }: BadRequest, got: Incoming): string[] {
  if (contract === undefined) return [];
  const mediaType = mediaTypeOf(got);
  const value: unknown = isXml(mediaType) ? got.text : JSON.parse(got.text);
  const schemas = schemasOf(contractNamed(contract).document);
  const verdicts = documented(contract, call, status, mediaType).map((media) => schemas.checkBody(mediaType, media, value));
  return verdicts.some((faults) => faults.length === 0) ? [] : [`${status} ${mediaType} is not documented so`, ...verdicts.flat()];
}

/** The credentials a request carries, without their schemes: no answer may repeat them, since answers end in logs. */
function secretsOf(row: BadRequest): string[] {
  if (row.contract === undefined) return [];
  const { document, calls } = contractNamed(row.contract);
  const names = calls.flatMap(({ operation }) => credentialsOf(document, operation)).flatMap(Object.keys);
  const values = names.map((name) => outgoing(row).headers[name]?.split(" ").at(-1) ?? "");
  // Short ones are words of the language, `Openapi` is public.
  return values.filter((value) => value.length > 8);
}

const LEAK = /\bat .+:\d+:\d+|node:internal|node_modules|\.[cm]?[jt]s:\d+|\[object Object\]|\bundefined\b/;

describe.each([...new Set(CORPUS.map(({ contract }) => contract))].map((contract) => ({ contract })))("$contract", ({ contract }) => {
  test.each(CORPUS.filter((row) => row.contract === contract))("$name → $status", async (row) => {
    const got = await mock.send(outgoing(row));
    const text = `${got.headers["x-latch-reason"] ?? ""}\n${got.text}`;
    expect({ status: got.status, shape: shapeOf(got), text }).toEqual({
      status: row.status,
      shape: expect.arrayContaining([row.shape]),
      text: expect.stringMatching(row.says),
    });
    expect(text).not.toMatch(LEAK);
    expect(secretsOf(row).filter((secret) => text.includes(secret))).toEqual([]);
    if (row.shape !== "problem") expect(misfit(row, got)).toEqual([]);
    // RFC 9457: the member says what the status line says. RFC 9110: a 405 says what is allowed.
    else expect(JSON.parse(got.text)).toMatchObject({ status: row.status, title: expect.any(String), detail: expect.any(String) });
    if (row.status === 405) expect(got.headers.allow).toMatch(/^[A-Z, ]+$/);
  });
});

test("the table has at least 80 rows, each of its own, over every contract", () => {
  expect(CORPUS.length).toBeGreaterThanOrEqual(80);
  expect(new Set(CORPUS.map(({ contract, name }) => `${contract} ${name}`)).size).toBe(CORPUS.length);
  expect(contracts.map(({ key }) => key).filter((key) => !CORPUS.some(({ contract }) => contract === key))).toEqual([]);
});

test("no bad request is a good one by accident: each differs from the valid request of its call", () => {
  const same = CORPUS.filter((row) => {
    if (row.contract === undefined || row.call === undefined) return false;
    const subject = contractNamed(row.contract);
    const valid = requestFor(subject, callNamed(subject, row.call));
    return JSON.stringify(outgoing(row)) === JSON.stringify(valid);
  });
  expect(same.map(({ name }) => name)).toEqual([]);
});

test("after all of them the mock is well", async () => {
  const health = await mock.send({ method: "GET", path: "/_latch/health", headers: {} });
  expect(health.status).toBe(200);
  for (const contract of contracts) {
    for (const call of contract.calls)
      expect((await mock.send(requestFor(contract, call))).status, `${contract.key} ${call.id}`).toBeLessThan(300);
  }
});
