/** Jobs, which come without end: the store keeps what can still be asked for, and no more. */
import { expect, test } from "vitest";
import { createMemoryStore } from "../../mock/store/memory.ts";
import { ask } from "../mock/harness.ts";
import { ID, PROJECT, scene } from "./engine.ts";

const BASE = `/huawei-ecs/v1/${PROJECT}`;
const headers = { "X-Auth-Token": "t", "Content-Type": "application/json" };

test("a job that is forgotten leaves nothing behind in the store", async () => {
  const store = createMemoryStore();
  const { engine, pass } = scene({ store });
  const resize = async (round: number): Promise<string> => {
    pass(60_000);
    const flavorRef = round % 2 === 0 ? "s3.large.2" : "s3.large.4";
    const body = JSON.stringify({ resize: { flavorRef, mode: "withStopServer" } });
    const told = await ask(engine, `POST ${BASE}/cloudservers/${ID}/resize`, { headers, body });
    expect(told.status).toBe(200);
    return (told.json as { job_id: string }).job_id;
  };
  const jobs: string[] = [];
  for (let round = 0; round < 150; round++) jobs.push(await resize(round));
  const pointers = Object.keys(await store.entries("default")).filter((key) => key.startsWith("job/"));
  expect(pointers.toSorted()).toEqual(
    jobs
      .slice(-100)
      .map((job) => `job/huawei/${job}`)
      .toSorted(),
  );
  const shown = async (job = ""): Promise<number> => (await ask(engine, `GET ${BASE}/jobs/${job}`, { headers })).status;
  expect([await shown(jobs.at(0)), await shown(jobs.at(49)), await shown(jobs.at(50)), await shown(jobs.at(-1))]).toEqual([
    400, 400, 200, 200,
  ]);
});
