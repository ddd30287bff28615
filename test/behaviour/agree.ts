/** Whether an answer is what a model says, and what its contract documents. */
import { expect } from "vitest";
import { callNamed, contractNamed } from "../conformance/support/contracts.ts";
import { schemasOf } from "../conformance/support/schemas.ts";
import { objectAt, resolveObject, valueAt } from "../../scripts/document.ts";
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

/** @throws AssertionError that names the step */
export function expectAgreement(step: CallStep, answer: ModelAnswer, prediction: Prediction): void {
  const { status, example, shows, headers = {}, holds = [], lacks = [] } = prediction;
  const where = `${JSON.stringify(step)} → ${answer.status} ${answer.headers["x-latch-reason"] ?? ""} ${answer.body.slice(0, 400)}`;
  expect(answer.status, where).toBe(status);
  const contract = contractNamed(step.contract);
  const documented = callNamed(contract, step.call).answers[String(status)];
  if (!documented) throw new Error(`The model predicts an undocumented status: ${where}`);
  const { mediaType } = documented;
  if (mediaType === undefined) expect(answer.body, where).toBe("");
  else {
    const media = objectAt(objectAt(documented.response, "content"), mediaType);
    const body = bodyOf(mediaType, answer.body);
    expect(schemasOf(contract.document).checkBody(mediaType, media, body), where).toEqual([]);
    // A refusal has our sentence in it, in the place of the documented one: what it says is the business of test/mock.
    const reworded = !/^$|^The row /.test(answer.headers["x-latch-reason"] ?? "");
    if (example !== undefined && !reworded && shows === undefined && holds.length === 0) {
      const value = resolveObject(contract.document, objectAt(media, "examples")[example])["value"];
      const text = mediaType.endsWith("json") ? JSON.stringify(value) : String(value);
      expect(answer.body, where).toMatch(patternOf(text, samplesOf(step.contract)));
    }
    for (const [pointer, expected] of Object.entries(shows ?? {}))
      expect({ [pointer]: valueAt(body, pointer) }, where).toEqual({ [pointer]: expected });
  }
  for (const [name, value] of Object.entries(headers)) expect({ [name]: answer.headers[name] }, where).toEqual({ [name]: value });
  for (const text of holds) expect(answer.body, where).toContain(text);
  for (const text of lacks) expect(answer.body, where).not.toContain(text);
}
