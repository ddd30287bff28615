/** What every door must do alike, as data: requests below a base URL, and what has to come back. One list, run unchanged through all doors. */

export interface Step {
  /** `POST /oracle-ecb/rest/v1.1/auth/token`; `{name}` stands for what an earlier step kept. */
  ask: string;
  headers?: Record<string, string>;
  /** Sent as JSON with its media type. */
  body?: unknown;
  /** The world is the transition's own; this step asks in one beside it. */
  beside?: string;
  status: number | "dropped";
  /** JSON pointer to value. */
  json?: Record<string, unknown>;
  /** Stands somewhere in the body. */
  text?: string;
  /** Header to value, `null` where it must not be there. */
  sent?: Record<string, string | null>;
  /** Name to the JSON pointer or the XML element that is kept under it. */
  keep?: Record<string, string>;
}

export interface Transition {
  name: string;
  steps: Step[];
}

const HUAWEI_ID = "11111111-2222-4333-8444-555555555555";
const PROJECT = "74610f3a5ad941998e91f076297ecf27";
const NATIVE = `/huawei-ecs-native/v2.1/${PROJECT}/servers/${HUAWEI_ID}`;
const ECS = `/huawei-ecs/v1/${PROJECT}`;
const SCP = "/samsung-virtualserver/v1/servers/99999999-8888-4777-8666-555555555555";
const ECB = "/oracle-ecb/rest/v1.1";

const token = { "X-Auth-Token": "token" };
const signed = (version: string): Record<string, string> => ({
  "Scp-Accesskey": "key",
  "Scp-Signature": "c2lnbmF0dXJl",
  "Scp-Timestamp": "1785542400000",
  "Scp-ClientType": "Openapi",
  "Scp-Api-Version": `virtualserver ${version}`,
});
const basic = (user: string): Record<string, string> => ({ Authorization: `Basic ${btoa(`${user}:password`)}` });
const bearer = (name: string): Record<string, string> => ({ Authorization: `Bearer {${name}}` });

/** A clock that only moves when it is told to. */
const stopClockAt = (now: string): Step => ({
  ask: "PUT /_latch/clock",
  body: { now, running: false },
  status: 200,
  json: { "/running": false },
});
const advance = (by: string): Step => ({ ask: "POST /_latch/clock/advance", body: { by }, status: 200 });
const act = (body: unknown, status: number, more: Partial<Step> = {}): Step => ({
  ask: `POST ${NATIVE}/action`,
  headers: token,
  body,
  status,
  ...more,
});
const show = (json: Record<string, unknown>): Step => ({
  ask: `GET ${NATIVE}`,
  // The member `locked` is shown from this microversion on.
  headers: { ...token, "OpenStack-API-Version": "compute 2.9" },
  status: 200,
  json,
});

const AUGUST = "2026-08-01T00:00:00Z";

export const TRANSITIONS: Transition[] = [
  {
    name: "Huawei: a locked server is not stopped, an unlocked one is, after a while",
    steps: [
      stopClockAt(AUGUST),
      show({ "/server/status": "ACTIVE", "/server/id": HUAWEI_ID }),
      act({ lock: null }, 202),
      act({ "os-stop": {} }, 409, { json: { "/conflictingRequest/message": `Instance ${HUAWEI_ID} is locked` } }),
      act({ unlock: null }, 202),
      act({ "os-stop": {} }, 202),
      show({ "/server/status": "ACTIVE", "/server/OS-EXT-STS:task_state": "powering-off" }),
      advance("PT1S"),
      show({ "/server/status": "ACTIVE" }),
      advance("PT1S"),
      show({ "/server/status": "SHUTOFF", "/server/OS-EXT-STS:task_state": null }),
      act({ "os-stop": {} }, 409),
    ],
  },
  {
    name: "Huawei: a resize waits for its confirmation",
    steps: [
      stopClockAt(AUGUST),
      act({ resize: { flavorRef: "s3.medium.2" } }, 202),
      show({ "/server/status": "RESIZE" }),
      act({ confirmResize: null }, 409),
      advance("PT4S"),
      show({ "/server/status": "VERIFY_RESIZE" }),
      act({ confirmResize: null }, 204),
      show({ "/server/status": "ACTIVE", "/server/flavor/id": "s3.medium.2" }),
    ],
  },
  {
    name: "Huawei: a job waits, runs and is done; the two APIs speak of one server",
    steps: [
      stopClockAt(AUGUST),
      act({ "os-stop": {} }, 202),
      advance("PT2S"),
      {
        ask: `POST ${ECS}/cloudservers/${HUAWEI_ID}/resize`,
        headers: token,
        body: { resize: { flavorRef: "c3.15xlarge.2" } },
        status: 200,
        keep: { job: "/job_id" },
      },
      { ask: `GET ${ECS}/jobs/{job}`, headers: token, status: 200, json: { "/status": "INIT", "/end_time": null } },
      advance("PT1S"),
      { ask: `GET ${ECS}/jobs/{job}`, headers: token, status: 200, json: { "/status": "RUNNING" } },
      show({ "/server/status": "RESIZE" }),
      advance("PT9S"),
      {
        ask: `GET ${ECS}/jobs/{job}`,
        headers: token,
        status: 200,
        json: { "/status": "SUCCESS", "/begin_time": "2026-08-01T00:00:02.000Z", "/end_time": "2026-08-01T00:00:12.000Z" },
      },
      show({ "/server/status": "SHUTOFF", "/server/flavor/id": "c3.15xlarge.2" }),
    ],
  },
  {
    name: "Samsung: the lock guards against a stop; the version carries its dates",
    steps: [
      stopClockAt(AUGUST),
      { ask: `POST ${SCP}/lock`, headers: signed("1.3"), status: 202, sent: { deprecation: null, sunset: null } },
      { ask: `GET ${SCP}`, headers: signed("1.3"), status: 200, json: { "/locked": true, "/state": "ACTIVE" } },
      {
        ask: `POST ${SCP}/stop`,
        headers: signed("1.2"),
        status: 409,
        json: { "/errors/0/detail": "The virtual server is locked. Unlock it first." },
        sent: { deprecation: "@1780358400", sunset: "Mon, 31 Aug 2026 00:00:00 GMT" },
      },
      { ask: `POST ${SCP}/unlock`, headers: signed("1.2"), status: 202 },
      { ask: `POST ${SCP}/stop`, headers: signed("1.3"), status: 202 },
      advance("PT3S"),
      { ask: `GET ${SCP}`, headers: signed("1.3"), status: 200, json: { "/state": "SHUTOFF", "/locked": false } },
    ],
  },
  {
    name: "Samsung: a version ends on its day",
    steps: [
      stopClockAt("2026-08-30T23:59:59Z"),
      { ask: `GET ${SCP}`, headers: signed("1.2"), status: 200 },
      { ask: `GET ${SCP}`, headers: signed("1.1"), status: 406 },
      advance("PT1S"),
      { ask: `GET ${SCP}`, headers: signed("1.2"), status: 406 },
      { ask: `GET ${SCP}`, headers: signed("1.3"), status: 200 },
      { ask: `GET ${SCP}`, headers: signed("9.9"), status: 406 },
    ],
  },
  {
    name: "Oracle: of two tokens one holds the lock, until it ends",
    steps: [
      stopClockAt(AUGUST),
      { ask: `POST ${ECB}/auth/token`, headers: basic("anna"), status: 200, keep: { anna: "accessToken" } },
      { ask: `POST ${ECB}/auth/token`, headers: basic("ben"), status: 200, keep: { ben: "accessToken" } },
      { ask: `POST ${ECB}/configuration/lock`, headers: bearer("anna"), status: 204 },
      { ask: `POST ${ECB}/configuration/lock`, headers: bearer("ben"), status: 423, text: "Resource locked by another user" },
      { ask: `PUT ${ECB}/configuration/management?action=save`, headers: bearer("ben"), status: 423 },
      { ask: `PUT ${ECB}/configuration/management?action=save`, headers: bearer("anna"), status: 202 },
      { ask: `POST ${ECB}/configuration/unlock`, headers: bearer("anna"), status: 204 },
      { ask: `POST ${ECB}/configuration/lock`, headers: bearer("ben"), status: 204 },
      advance("PT10M"),
      { ask: `POST ${ECB}/configuration/unlock`, headers: bearer("ben"), status: 401 },
    ],
  },
  {
    name: "worlds know nothing of each other",
    steps: [
      stopClockAt(AUGUST),
      act({ lock: null }, 202),
      { ...act({ "os-stop": {} }, 202), beside: "b" },
      act({ "os-stop": {} }, 409),
      { ask: "DELETE /_latch/state", status: 204 },
      act({ "os-stop": {} }, 202),
      { ...act({ "os-stop": {} }, 409, { text: "powering-off" }), beside: "b" },
    ],
  },
  {
    name: "a fault is injected, as often as it was asked for",
    steps: [
      { ask: "POST /_latch/faults", body: { call: "lockServer", contract: "huawei-ecs-native", status: "503", times: 1 }, status: 201 },
      act({ lock: null }, 503),
      act({ lock: null }, 202),
      { ask: "POST /_latch/faults", body: { call: "showServer", drop: true }, status: 201 },
      { ask: `GET ${NATIVE}`, headers: token, status: "dropped" },
      { ask: "DELETE /_latch/faults", status: 204 },
      show({ "/server/locked": true }),
    ],
  },
  {
    name: "a documented answer on demand, without remembering anything",
    steps: [
      act({ lock: null }, 404, { headers: { ...token, Prefer: "code=404" } }),
      {
        ask: `GET ${SCP}`,
        headers: { ...signed("1.3"), Prefer: "code=200, example=server-locked" },
        status: 200,
        json: { "/locked": true },
      },
      show({ "/server/locked": false }),
    ],
  },
  {
    name: "bad requests get the vendor's own answer",
    steps: [
      { ask: `POST ${NATIVE}/action`, body: { lock: null }, status: 401 },
      act({ lock: null, unlock: null }, 400, { sent: { "content-type": "application/json" } }),
      { ask: `HEAD ${NATIVE}`, headers: token, status: 200, sent: { "content-type": "application/json" } },
      { ask: `DELETE ${ECB}/configuration/lock`, headers: basic("anna"), status: 405, text: "<errorMessage>" },
      { ask: "GET /_latch/nothing", status: 404, sent: { "content-type": "application/problem+json" } },
    ],
  },
];
