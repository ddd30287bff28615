/** Headers that a version never looks at, and those beside them. */
import { expect, test } from "vitest";
import { createCompiled } from "../../mock/compiled/backend.ts";
import type { BackendFactory, Violation } from "../../mock/types.ts";
import { ask } from "../mock/harness.ts";
import { ID, PROJECT, scene } from "./engine.ts";

/** A backend that finds this wrong with every request. */
const finding =
  (violation: Violation): BackendFactory =>
  ({ document, validators = {} }) => ({ ...createCompiled(document, validators), check: () => [violation] });

const headers = { "X-Auth-Token": "t", "Content-Type": "application/json", "OpenStack-API-Version": "compute 0.1", "X-Other": "?" };

test.each<[Violation["where"], string[], number]>([
  ["header", ["OpenStack-API-Version"], 202],
  ["header", ["X-OpenStack-Nova-API-Version"], 202],
  ["header", ["X-Other"], 400],
  ["header", [], 400],
  ["body", ["OpenStack-API-Version"], 400],
  ["query", ["OpenStack-API-Version"], 400],
])("v2 answers what is wrong with the %s %j with %i", async (where, path, status) => {
  const { engine } = scene({ backend: finding({ where, path, message: "It must be another" }) });
  const body = '{"lock":null}';
  const told = await ask(engine, `POST /huawei-ecs-native/v2/${PROJECT}/servers/${ID}/action`, { headers, body });
  expect(told.status).toBe(status);
});
