/** What only the vendor's own server API has: jobs, a migration to nowhere, a resize that only pretends, and answers that lie about their status. */
import { describe, expect, test } from "vitest";
import { callNamed, contractNamed, type Subject } from "../conformance/support/contracts.ts";
import { useMock, type Incoming, type Outgoing } from "../conformance/support/mock.ts";
import { requestFor } from "../conformance/support/requests.ts";

const mock = useMock();
const v1 = contractNamed("huawei-ecs@v1");
const v11 = contractNamed("huawei-ecs@v1.1");
const v2 = contractNamed("huawei-ecs@v2");

function send(contract: Subject, id: string, change: Partial<Outgoing> & { prefer?: string } = {}): Promise<Incoming> {
  const { prefer, ...rest } = change;
  const request = { ...requestFor(contract, callNamed(contract, id)), ...rest };
  return mock.send({ ...request, headers: { ...request.headers, ...(prefer !== undefined && { Prefer: prefer }) } });
}

describe("migrate", () => {
  test.each([
    ["to the public pool", '{"migrate":null}'],
    ["to a host", '{"migrate":{"dedicated_host_id":"459a2b9d-804a-4745-ab19-a113bb1b4ddc"}}'],
    ["as the JavaScript SDK can send it", '{"migrate":{}}'],
  ])("%s", async (_, body) => {
    const got = await send(v1, "migrateServer", { body });
    expect(got.status).toBe(200);
    expect(JSON.parse(got.text)).toEqual({ job_id: expect.any(String) });
  });
});

describe.each([v1, v11].map((contract) => ({ key: contract.key, contract })))("resize of $key", ({ contract }) => {
  test.each([true, false])("takes dry_run %s", async (dry_run) => {
    expect(
      (await send(contract, "resizeServer", { body: JSON.stringify({ resize: { flavorRef: "c3.15xlarge.2" }, dry_run }) })).status,
    ).toBe(200);
  });

  test("answers a dry run that passes with 202 and no job", async () => {
    const got = await send(contract, "resizeServer", { prefer: "code=202, example=dry-run-passed" });
    expect(got.status).toBe(202);
    expect(JSON.parse(got.text)).not.toHaveProperty("job_id");
  });

  test("may answer an error with 202", async () => {
    const got = await send(contract, "resizeServer", { prefer: "code=202, example=throttled-202" });
    expect(got.status).toBe(202);
    expect(JSON.parse(got.text)).toMatchObject({ error: { code: "Common.0024" } });
  });
});

test("a resize at v1 takes what a Terraform client adds", async () => {
  const body = '{"resize":{"flavorRef":"s3.large.2","mode":"withStopServer","extendparam":{"isAutoPay":"true"}}}';
  expect((await send(v1, "resizeServer", { body })).status).toBe(200);
});

test("a resize at v1.1 answers a job, an order, or both", () => {
  const { answers } = callNamed(v11, "resizeServer");
  expect(answers["200"]?.examples.length).toBe(3);
});

test("user data is for images with cloud-init, and only they do without a login", async () => {
  const bare = '{"os-change":{"imageid":"e215580f-73ad-429d-b6f2-5433947433b0"}}';
  expect((await send(v2, "changeServerOs", { body: bare })).status).toBe(200);
  expect((await send(v1, "changeServerOs", { body: bare })).status).toBe(400);
  const scripted = '{"os-reinstall":{"metadata":{"user_data":"IyEvYmluL3NoCg=="}}}';
  expect((await send(v2, "reinstallServerOs", { body: scripted })).status).toBe(200);
  expect((await send(v1, "reinstallServerOs", { body: scripted })).status).toBe(400);
});

test("a locked server is 400 and not 409, on every call that the lock guards", async () => {
  for (const contract of [v1, v11, v2]) {
    for (const { id, method } of contract.calls) {
      if (method === "get") continue;
      const got = await send(contract, id, { prefer: "code=400, example=server-locked" });
      expect(JSON.parse(got.text), `${contract.key} ${id}`).toMatchObject({ error: { code: "Ecs.0605" } });
    }
  }
});

test("an unknown job is 400 and not 404", async () => {
  expect(JSON.parse((await send(v1, "showJob", { prefer: "code=400, example=no-such-job" })).text)).toMatchObject({
    error: { code: "Common.0011" },
  });
});

test("a server shows its lock, and numbers that are texts", async () => {
  const got = await send(v1, "showServer", { prefer: "example=server-locked-active" });
  expect(JSON.parse(got.text)).toMatchObject({ server: { locked: true, flavor: { vcpus: expect.any(String), ram: expect.any(String) } } });
});

test("the JavaScript SDK signs, and states a media type on reads as well", async () => {
  const signature = `SDK-HMAC-SHA256 Access=EXAMPLE, SignedHeaders=content-type;host;x-project-id;x-sdk-date, Signature=${"0f".repeat(32)}`;
  const headers = {
    Accept: "application/json",
    "Content-Type": "application/json",
    "X-Project-Id": "74610f3a5ad941998e91f076297ecf27",
    "X-Sdk-Date": "20250919T081530Z",
    Authorization: signature,
  };
  for (const id of ["showServer", "showJob", "resizeServer"]) expect((await send(v1, id, { headers })).status, id).toBe(200);
});
