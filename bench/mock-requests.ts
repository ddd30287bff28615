/** The requests of the scenarios: the same bytes for everybody, below the path at which each server puts the contract. */
import { deal, shot, type Shot } from "./mock-plan.ts";

const PROJECT = "74610f3a5ad941998e91f076297ecf27";
const token = { "x-auth-token": "MIIFHQYJKoZIhvcNAQcCoIIFDjCCBQoCAQExDTAL" };
const json = { ...token, "content-type": "application/json" };
const signed = (version: string): Record<string, string> => ({
  "scp-accesskey": "2sd2gg2agbdSd26svcD",
  "scp-signature": "CtWjfUOucADSgMHFyM8bE7VApd9kMncClpL02I4q1jM=",
  "scp-timestamp": "1605290625682",
  "scp-clienttype": "Openapi",
  "scp-api-version": `virtualserver ${version}`,
});

/** The ids of so many servers, always the same ones. */
export const serverIds = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `2a9be312-5d4b-4bc8-b2ae-${index.toString(16).padStart(12, "0")}`);

const IDS = serverIds(100);

const huawei = (base: string, id: string): string => `${base}/${PROJECT}/servers/${id}`;
const act = (base: string, id: string, action: string, status: number): Shot =>
  shot("POST", `${huawei(base, id)}/action`, json, status, JSON.stringify({ [action]: null }));

export const lockHuawei = (base: string, id = IDS[0] ?? ""): Shot => act(base, id, "lock", 202);
export const showHuawei = (base: string, id: string): Shot => shot("GET", huawei(base, id), token, 200);
/** A call of Samsung's API without a body, signed. */
export const samsungPost = (path: string, version = "1.3"): Shot => shot("POST", path, signed(version), 202);
export const lockSamsung = (base: string, id = IDS[0] ?? "", version = "1.3"): Shot =>
  samsungPost(`${base}/v1/servers/${id}/lock`, version);

export const locks = (base: string): Shot[][] => deal(IDS.map((id) => lockHuawei(base, id)));
export const shows = (base: string): Shot[][] => deal(IDS.map((id) => showHuawei(base, id)));
export const samsungLocks = (base: string): Shot[][] => deal(IDS.map((id) => lockSamsung(base, id)));

/** Each connection has servers of its own, so every status is known in advance: a stop of a locked server is refused, always. */
export const mixture = (base: string): Shot[][] =>
  deal(IDS).map((own) =>
    own.flatMap((id) => [act(base, id, "lock", 202), act(base, id, "os-stop", 409), showHuawei(base, id), act(base, id, "unlock", 202)]),
  );

/** Two requests a contract forbids: who refuses neither has less to do than who refuses both. */
export const badRequests = (base: string, contract: string): { kind: string; request: string }[] => {
  const good = contract.startsWith("huawei") ? lockHuawei(base) : lockSamsung(base);
  const bare = good.request.replace(/\r\n(x-auth-token|scp-accesskey): .*?(?=\r\n)/, "");
  const nothing = { kind: "no credential", request: bare };
  if (!contract.startsWith("huawei")) return [nothing];
  return [nothing, { kind: "bad body", request: act(base, IDS[0] ?? "", "lock", 202).request.replace('{"lock":null}', '{"lock":1234}') }];
};

const server = IDS[0] ?? "";
const ecs = (version: string, path: string): string => `/huawei-ecs/${version}/${PROJECT}/cloudservers/${server}${path}`;
const resize = { resize: { flavorRef: "c6.2xlarge.2", mode: "withStopServer" } };
const reinstall = {
  "os-reinstall": { adminpass: "Fake-Passw0rd-Only", userid: "7e25b1da389f4697a79df3a0e5bd494e", mode: "withStopServer" },
};

/** A request to each of the ten contracts as `latch mock` serves them all: when all are answered, all are ready. */
export const everyContract: Shot[] = [
  lockHuawei("/huawei-ecs-native/v2"),
  lockHuawei("/huawei-ecs-native/v2.1"),
  shot("GET", ecs("v1", ""), token, 200),
  shot("POST", ecs("v1.1", "/resize"), json, 200, JSON.stringify(resize)),
  shot("POST", ecs("v2", "/reinstallos"), json, 200, JSON.stringify(reinstall)),
  ...["1.0", "1.1", "1.2", "1.3"].map((version) => lockSamsung("/samsung-virtualserver", server, version)),
  shot("GET", "/oracle-ecb/rest/api/supportedversions", { authorization: "Bearer bench-token" }, 200),
];
