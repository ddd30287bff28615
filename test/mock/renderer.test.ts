import { expect, test } from "vitest";
import { UNDATED } from "../../mock/lifecycle.ts";
import { createRenderer } from "../../mock/renderer.ts";
import { box } from "./harness.ts";
import { callsOf } from "../../scripts/calls.ts";

const [call] = callsOf(box.document);

test("an answer without a body has the headers that its own call documents, and not those of a sibling", async () => {
  if (!call) throw new Error("The box has no call.");
  const response = { headers: { "X-Request-Id": {} } };
  const own = { ...call, answers: { "202": { response, examples: [] } } };
  const headers = { "x-request-id": "1", location: "/jobs/1" };
  const { render } = createRenderer(box, { check: () => [], render: () => ({ headers, body: undefined }) });
  expect(await render(own, { status: "202" }, UNDATED)).toEqual({ status: 202, headers: { "x-request-id": "1" }, body: "" });
});
