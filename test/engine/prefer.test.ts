/** Who says with `Prefer` which answer is to come gets it, and nothing has happened. */
import { expect, test } from "vitest";
import { ask } from "../mock/harness.ts";
import { act, ID, PROJECT, scene, show } from "./engine.ts";

test.each(["code=202", "dynamic=true", "dynamic=true, code=202", "dynamic=false, code=202"])("%s locks nothing", async (prefer) => {
  const { engine } = scene();
  expect((await act(engine, { lock: null }, { Prefer: prefer })).status).toBe(202);
  expect(await show(engine)).toMatchObject({ json: { server: { locked: false } } });
});

test("dynamic=false and preferences of others ask for nothing", async () => {
  const { engine } = scene();
  expect((await act(engine, { lock: null }, { Prefer: "dynamic=false, return=minimal" })).status).toBe(202);
  expect(await show(engine)).toMatchObject({ json: { server: { locked: true } } });
});

test("no job is begun of which the answer does not say the id", async () => {
  const { engine } = scene();
  const headers = { "X-Auth-Token": "t", "Content-Type": "application/json" };
  const url = `/huawei-ecs/v1/${PROJECT}/cloudservers/${ID}/resize`;
  const resize = (more: Record<string, string>) =>
    ask(engine, `POST ${url}`, {
      headers: { ...headers, ...more },
      body: JSON.stringify({ resize: { flavorRef: "s3.medium.2", mode: "withStopServer" } }),
    });
  expect(await resize({ Prefer: "dynamic=true" })).toMatchObject({ status: 200, json: { job_id: expect.any(String) } });
  // With a job under way it would be refused.
  expect((await resize({})).status).toBe(200);
});
