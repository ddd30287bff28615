/**
 * A second reading of the vendor's own API, from the fact sheet alone. The lock is set by calls of the native API, as a client would, so
 * those are part of the steps.
 */
import * as fc from "fast-check";
import type { Json } from "../../../mock/state/types.ts";
import type { CallStep, Model, ModelAnswer, ModelRequest, Prediction, Step } from "../model.ts";
import { error, hindrance, jobNumber, showJob, shown, submit, WRITES, type State } from "./huawei-jobs.ts";
import { predictNative, requestNative } from "./huawei-native.ts";
import { credentialOf, idOf, initialServers, isKnown, permits, personOf, projectOf, seed } from "./huawei-seed.ts";
import { settled, type Server } from "./huawei-server.ts";
import { advance, flavor, howNative, image, often, target, who } from "./huawei-steps.ts";

const NATIVE = "huawei-ecs-native@v2.1";
const UNKNOWN_JOB = "ff80808288d41e1b018990260955686a";

function predictVendor(
  state: State,
  step: CallStep,
  now: number,
  seen: readonly string[],
  strict: boolean,
): { state: State; prediction: Prediction } {
  const answer = (prediction: Prediction, next = state): { state: State; prediction: Prediction } => ({ state: next, prediction });
  const person = personOf(step);
  const write = WRITES[step.call];
  const isJob = step.call === "showJob";
  const found = state.servers[step.target];
  if (strict && !isKnown(step)) return answer(error(401, "invalid-token", "Common.0013"));
  // An id that is no UUID leads to no call, and the gateway says so.
  if (!isJob && !found) return answer({ status: 404, example: "no-such-route", shows: { "/error_code": "APIGW.0101" } });
  if (projectOf(step) !== person.project) return answer(error(400, "project-mismatch", "Ecs.0023"));
  if (isJob) return answer(showJob(state, step, person, now, seen));
  const permission = `ecs:cloudServers:${write?.permission ?? "showServer"}`;
  if (!permits(person, permission)) {
    const shows = { "/error/code": "Pdp.0001", "/error/message": `Policy doesn't allow ${permission} to be performed.` };
    return answer({ status: 403, example: "policy-refused", shows });
  }
  const missing = !found || (found.owner === undefined ? strict : found.owner !== person.project);
  if (missing) return answer(error(404, "no-such-server", "Ecs.0114"));
  const server: Server = { ...settled(found, now), owner: person.project };
  // The project of the first who gets to a server is the server's.
  const touched = { ...state, servers: { ...state.servers, [step.target]: server } };
  if (!write) return answer(shown(server, person.project), touched);
  const hindered = hindrance(step, server);
  if (hindered) return answer(hindered, touched);
  if (step.how["dry"] === true)
    return answer({ status: 202, example: "dry-run-passed", shows: { "/job_id": undefined, "/error": undefined } }, touched);
  return answer({ status: 200, example: "job-submitted" }, submit(state, step, server, now));
}

function bodyOf({ call, how }: CallStep): Json {
  const mode = how["stop"] === true ? { mode: "withStopServer" } : {};
  const login = { adminpass: "Fake-Passw0rd-Only" };
  if (call === "migrateServer") return { migrate: null };
  if (call === "changeServerOs") return { "os-change": { imageid: how["image"] ?? "", ...login, ...mode } };
  if (call === "reinstallServerOs") return { "os-reinstall": { ...login, ...mode } };
  const resize = { flavorRef: how["flavor"] ?? "", ...mode };
  return typeof how["dry"] === "boolean" ? { resize, dry_run: how["dry"] } : { resize };
}

function request(step: CallStep, seen: readonly string[]): ModelRequest {
  if (step.contract === NATIVE) return requestNative(step);
  const [api = "", version = ""] = step.contract.split("@");
  const base = `/${api}/${version}/${projectOf(step)}`;
  const headers = credentialOf(step);
  if (step.call === "showJob") return { method: "GET", url: `${base}/jobs/${seen[jobNumber(step, seen.length)] ?? UNKNOWN_JOB}`, headers };
  const url = `${base}/cloudservers/${idOf(step, initialServers())}`;
  const write = WRITES[step.call];
  if (!write) return { method: "GET", url, headers };
  const body = JSON.stringify(bodyOf(step));
  return { method: "POST", url: `${url}/${write.path}`, headers: { ...headers, "content-type": "application/json" }, body };
}

/** The id of a job that was submitted. */
function learn({ call, contract }: CallStep, { status, body }: ModelAnswer): string | undefined {
  if (status !== 200 || !WRITES[call] || contract === NATIVE) return undefined;
  const parsed: unknown = JSON.parse(body);
  return typeof parsed === "object" && parsed !== null && "job_id" in parsed && typeof parsed.job_id === "string"
    ? parsed.job_id
    : undefined;
}

type Chosen = [call: string, contract: string];
const CALLS = often<Chosen>(
  [6, ["lockServer", NATIVE]],
  [5, ["unlockServer", NATIVE]],
  [3, ["stopServer", NATIVE]],
  [2, ["startServer", NATIVE]],
  [2, ["rebootServer", NATIVE]],
  [2, ["resizeServer", NATIVE]],
  [2, ["confirmServerResize", NATIVE]],
  [2, ["revertServerResize", NATIVE]],
  [2, ["rebuildServer", NATIVE]],
  [3, ["showServer", NATIVE]],
  [5, ["showServer", "huawei-ecs@v1"]],
  [8, ["showJob", "huawei-ecs@v1"]],
  ...Object.entries(WRITES).flatMap(([call, { versions }]) =>
    versions.map((version): [number, Chosen] => [3, [call, `huawei-ecs@${version}`]]),
  ),
);

function howVendor(call: string): fc.Arbitrary<Record<string, Json>> {
  return fc.record<Record<string, Json>>({
    stop: fc.boolean(),
    ...(call === "showJob" && { back: often<Json>([6, 0], [2, 1], [1, 2], [1, null]) }),
    ...(call === "resizeServer" && { flavor, dry: often<Json>([1, true], [4, false]) }),
    ...(call === "changeServerOs" && { image }),
    project: often<Json>([12, "own"], [1, "other"]),
    signed: often<Json>([1, true], [9, false]),
  });
}

/** A job takes many steps to be seen through, so that most of them are about two servers of one caller. */
const mostly = fc.oneof({ weight: 2, arbitrary: often([3, "web-1"], [2, "web-2"]) }, { weight: 1, arbitrary: target });
const by = fc.oneof({ weight: 1, arbitrary: fc.constant("owner") }, { weight: 1, arbitrary: who });

const calls: fc.Arbitrary<Step> = fc.tuple(CALLS, by, mostly).chain(([[call, contract], caller, server]) => {
  // Ids in upper case are the native model's matter.
  const how = contract === NATIVE ? howNative(call, contract).map((all) => ({ ...all, upper: false })) : howVendor(call);
  return how.map((said) => ({ kind: "call" as const, call, contract, who: caller, target: server, how: said }));
});

const modelOf = (name: string, strict: boolean): Model<State> => ({
  name,
  contracts: ["huawei-ecs@v1", "huawei-ecs@v1.1", "huawei-ecs@v2", NATIVE],
  seed,
  strict,
  initial: () => ({ servers: initialServers(), jobs: [] }),
  steps: () => fc.oneof({ weight: 1, arbitrary: advance }, { weight: 3, arbitrary: calls }),
  request,
  learn,
  predict(state, step, now, seen) {
    if (step.contract !== NATIVE) return predictVendor(state, step, now, seen, strict);
    const { state: servers, prediction } = predictNative(state.servers, step, now, strict);
    return { state: { ...state, servers }, prediction };
  },
});

export const model = modelOf("huawei-vendor", false);
/** The same where only what the seed names exists; elsewhere every UUID is a server, and nothing is unknown to this API. */
export const strictModel = modelOf("huawei-vendor, strict", true);
