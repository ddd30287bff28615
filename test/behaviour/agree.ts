/** Whether an answer is what a model says, and what its contract documents. */
import { expect } from "vitest";
import { callNamed, contractNamed } from "../conformance/support/contracts.ts";
import { schemasOf } from "../conformance/support/schemas.ts";
import { isObject, objectAt, resolveObject, unescapeStep, valueAt } from "../../scripts/document.ts";
import type { CallStep, ModelAnswer, Prediction } from "./model.ts";
import { samplesOf } from "./world.ts";

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** What the mock makes from its seed: the id of a job, and there is no other in an example that a model leaves open. */
const MADE = "\\b[0-9a-f]{32}\\b";

/** The text of a documented example, with room where a sample stands for something of the request. */
function patternOf(text: string, samples: string[]): RegExp {
  const parts = text.split(new RegExp([...samples.map(escapePattern), MADE].join("|")));
  return new RegExp(`^${parts.map(escapePattern).join('[^<"]*')}$`);
}

const bodyOf = (mediaType: string, text: string): unknown => (mediaType.endsWith("json") ? JSON.parse(text) : text);

/** As text, without what stands at the pointers: a model says that of itself. */
function punched(body: unknown, pointers: string[]): string {
  if (typeof body === "string") return body;
  const copy: unknown = structuredClone(body);
  for (const pointer of pointers) {
    const place = valueAt(copy, pointer.replace(/\/[^/]*$/, ""));
    const step = unescapeStep(pointer.replace(/^.*\//s, ""));
    if (isObject(place)) delete place[step];
  }
  return JSON.stringify(copy);
}

/** @throws AssertionError that names the step */
export function expectAgreement(step: CallStep, answer: ModelAnswer, prediction: Prediction): void {
  const { status, example, shows, headers = {}, holds = [], lacks = [] } = prediction;
  const where = `${JSON.stringify(step)} → ${answer.status} ${answer.headers["x-latch-reason"] ?? ""} ${answer.body.slice(0, 400)}`;
  expect(answer.status, where).toBe(status);
  const contract = contractNamed(step.contract);
  const documented = callNamed(contract, step.call).answers[String(status)];
  if (!documented) throw new Error(`The model predicts an undocumented status: ${where}`);
  const { mediaType } = documented;
  // A prediction that nothing is compared with is a mistake of the model.
  if (example !== undefined) expect(documented.examples, where).toContain(example);
  if (mediaType === undefined) expect([answer.body, shows ?? {}, holds], where).toEqual(["", {}, []]);
  else {
    const media = objectAt(objectAt(documented.response, "content"), mediaType);
    const body = bodyOf(mediaType, answer.body);
    expect(schemasOf(contract.document).checkBody(mediaType, media, body), where).toEqual([]);
    // A refusal has our sentence in it, in the place of the documented one: what it says is the business of test/mock.
    const reworded = !/^$|^The row /.test(answer.headers["x-latch-reason"] ?? "");
    if (example !== undefined && !reworded && holds.length === 0) {
      const value = resolveObject(contract.document, objectAt(media, "examples")[example])["value"];
      const pointers = Object.keys(shows ?? {});
      expect(punched(body, pointers), where).toMatch(patternOf(punched(value, pointers), samplesOf(step.contract)));
    }
    for (const [pointer, expected] of Object.entries(shows ?? {}))
      expect({ [pointer]: valueAt(body, pointer) }, where).toEqual({ [pointer]: expected });
  }
  for (const [name, value] of Object.entries(headers)) expect({ [name]: answer.headers[name] }, where).toEqual({ [name]: value });
  for (const text of holds) expect(answer.body, where).toContain(text);
  for (const text of lacks) expect(answer.body, where).not.toContain(text);
}
