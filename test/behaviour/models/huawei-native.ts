/**
 * A second reading of the native API, from the fact sheet alone. Plain code on purpose: it shares nothing with the table or its
 * interpreter.
 */
import * as fc from "fast-check";
import type { Json } from "../../../mock/state/types.ts";
import type { CallStep, Model, ModelRequest, Prediction, Step } from "../model.ts";
import { ACTIONS, act, refusal } from "./huawei-actions.ts";
import { credentialOf, idOf, initialServers, isKnown, personOf, projectOf, seed } from "./huawei-seed.ts";
import { settled, type Server } from "./huawei-server.ts";
import { howNative, advance, often, target, who } from "./huawei-steps.ts";
import { minorOf, rebuilt, shown } from "./huawei-views.ts";

/** The token check answers, before Nova and its headers. */
const nobody: Prediction = {
  status: 401,
  example: "missing-token",
  shows: { "/error/code": 401 },
  headers: { "openstack-api-version": undefined, "x-openstack-nova-api-version": undefined },
};

/** Whether a refusal is one of the server, and not of the request (400), the caller (403) or the place (404). */
const reaches = ({ status, example = "" }: Prediction): boolean =>
  status === 409 || ["same-flavor", "not-resized", "locked-by-administrator"].includes(example);

/** What the native API answers, also for the model of the vendor's API, which shares the servers. */
export function predictNative(
  servers: Record<string, Server>,
  step: CallStep,
  now: number,
  strict = false,
): { state: Record<string, Server>; prediction: Prediction } {
  if (strict && !isKnown(step)) return { state: servers, prediction: nobody };
  const found = servers[step.target];
  const exists = found !== undefined && (found.owner !== undefined || !strict);
  const server = exists ? settled(found, now) : undefined;
  const person = personOf(step);
  const action = ACTIONS[step.call];
  const minor = minorOf(step);
  const headers = step.contract.endsWith("@v2")
    ? { "openstack-api-version": undefined, "x-openstack-nova-api-version": undefined }
    : { "openstack-api-version": `compute 2.${minor}`, "x-openstack-nova-api-version": `2.${minor}` };
  const refused = refusal(step, server, person, action, idOf(step, servers));
  if (!server || (refused && !reaches(refused))) return { state: servers, prediction: { ...(refused ?? { status: 404 }), headers } };
  // A server has one project (7.5): that of the first who gets to it, whether that changes anything or not.
  const owner = server.owner ?? person.project;
  const owned = { ...server, owner };
  const touched = { ...servers, [step.target]: owned };
  if (refused) return { state: touched, prediction: { ...refused, headers } };
  if (!action) return { state: touched, prediction: { ...shown(step, server, owner), headers } };
  const after = act(step, owned, person, now);
  const state = { ...servers, [step.target]: after };
  if (step.call === "rebuildServer") return { state, prediction: { ...rebuilt(step, after, owner), headers } };
  return { state, prediction: { status: step.call === "confirmServerResize" ? 204 : 202, headers } };
}

function bodyOf({ call, how }: CallStep): Json {
  const key = ACTIONS[call]?.key ?? "";
  if (call === "rebootServer") return { [key]: { type: how["type"] ?? "SOFT" } };
  if (call === "resizeServer") return { [key]: { flavorRef: how["flavor"] ?? "" } };
  if (call === "rebuildServer") {
    const { image = "", name, metadata, adminPass, description, keyName, userData, personality } = how;
    const all = {
      imageRef: image,
      name,
      adminPass,
      description,
      key_name: keyName,
      user_data: userData,
      metadata: metadata && { rebuild: metadata },
      personality: personality && [{ path: "/etc/motd", contents: personality }],
    };
    return { [key]: Object.fromEntries(Object.entries(all).flatMap(([member, value]) => (value === undefined ? [] : [[member, value]]))) };
  }
  return { [key]: null };
}

/** The request of a native step. */
export function requestNative(step: CallStep): ModelRequest {
  const [api = "", version = ""] = step.contract.split("@");
  const { version: microversion, old } = step.how;
  const headers: Record<string, string> = { ...credentialOf(step) };
  if (typeof microversion === "string" && old === true) headers["x-openstack-nova-api-version"] = microversion;
  else if (typeof microversion === "string") headers["openstack-api-version"] = `compute ${microversion}`;
  const url = `/${api}/${version}/${projectOf(step)}/servers/${idOf(step, initialServers())}`;
  if (!ACTIONS[step.call]) return { method: "GET", url, headers };
  return {
    method: "POST",
    url: `${url}/action`,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(bodyOf(step)),
  };
}

const CALLS = often<string>(
  [9, "showServer"],
  [5, "lockServer"],
  [4, "unlockServer"],
  [3, "stopServer"],
  [3, "startServer"],
  [3, "rebootServer"],
  [4, "resizeServer"],
  [3, "confirmServerResize"],
  [3, "revertServerResize"],
  [3, "rebuildServer"],
);
const CONTRACTS = often([4, "huawei-ecs-native@v2.1"], [1, "huawei-ecs-native@v2"]);

const calls: fc.Arbitrary<Step> = fc
  .tuple(CALLS, CONTRACTS, who, target)
  .chain(([call, contract, caller, server]) =>
    howNative(call, contract).map((how) => ({ kind: "call" as const, call, contract, who: caller, target: server, how })),
  );

const modelOf = (name: string, strict: boolean): Model<Record<string, Server>> => ({
  name,
  contracts: ["huawei-ecs-native@v2.1", "huawei-ecs-native@v2"],
  seed,
  strict,
  initial: initialServers,
  steps: () => fc.oneof({ weight: 1, arbitrary: advance }, { weight: 3, arbitrary: calls }),
  request: requestNative,
  predict: (servers, step, now) => predictNative(servers, step, now, strict),
});

export const model = modelOf("huawei-native", false);
/** The same where only what the seed names exists. */
export const strictModel = modelOf("huawei-native, strict", true);
