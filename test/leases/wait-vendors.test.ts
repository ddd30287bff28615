/** Waiting for what three vendors do in their own time, and what comes of it. */
import { describe, expect, test } from "vitest";
import nova from "../../generated/huawei-ecs-native/v2.1/mock.js";
import * as native from "../../generated/huawei-ecs-native/v2.1/client.ts";
import ecs from "../../generated/huawei-ecs/v1/mock.js";
import * as vendor from "../../generated/huawei-ecs/v1/client.ts";
import * as broker from "../../generated/oracle-ecb/v1.1/client.ts";
import * as samsung from "../../generated/samsung-virtualserver/v1.3/client.ts";
import { waitForOperation } from "../../runtime/wait-ecb.ts";
import { waitForJob, waitForServer } from "../../runtime/wait-huawei.ts";
import { waitForState } from "../../runtime/wait-samsung.ts";
import { waitUntilGone, type Reading } from "../../runtime/wait.ts";
import { start as startBox } from "./box.ts";
import { NOON, VirtualClock } from "./clock.ts";
import { mockOf } from "./world.ts";
import { SERVER, PLACE, answers, startSamsung } from "./waiting.ts";

describe("Samsung", () => {
  test("a server stops, starts, and is gone", async () => {
    const { clock, client, read, patience } = startSamsung();
    await samsung.stopServer(client, SERVER);
    expect(await clock.settle(waitForState(read, "SHUTOFF", patience))).toMatchObject({ outcome: "done", value: { state: "SHUTOFF" } });
    await samsung.startServer(client, SERVER);
    expect(await clock.settle(waitForState(read, "ACTIVE", patience))).toMatchObject({ outcome: "done", value: { state: "ACTIVE" } });
    await samsung.deleteServer(client, SERVER);
    expect(await clock.settle(waitUntilGone(read, patience))).toMatchObject({ outcome: "done", value: { status: 404 } });
    expect(await clock.settle(waitForState(read, "ACTIVE", patience))).toMatchObject({ outcome: "refused", result: { status: 404 } });
  });

  test("ERROR is the end", async () => {
    const { clock, read, patience } = answers({ state: "ACTIVE" }, { state: "ERROR" });
    const seen = read as () => Promise<Reading & { data?: { state: string } }>;
    expect(await clock.settle(waitForState(seen, "SHUTOFF", patience))).toEqual({ outcome: "failed", value: { state: "ERROR" } });
  });
});

describe("native Huawei Cloud", () => {
  function startNova() {
    const clock = new VirtualClock();
    const world = mockOf(nova, clock)();
    const client = native.createClient({ fetch: world.fetch, token: "TOKEN", retry: false, now: clock.now });
    const read = (init: { signal?: AbortSignal }) => native.showServer(client, PLACE, init);
    return { clock, world, client, read, patience: { now: clock.now, sleep: clock.sleep, random: () => 0 } };
  }

  test("a resize is waited for until it can be confirmed", async () => {
    const { clock, client, read, patience } = startNova();
    await native.resizeServer(client, { ...PLACE, resize: { flavorRef: "s3.medium.2" } });
    const done = await clock.settle(waitForServer(read, "VERIFY_RESIZE", patience));
    expect(done).toMatchObject({ outcome: "done", value: { server: { status: "VERIFY_RESIZE", "OS-EXT-STS:task_state": null } } });
    expect((await native.confirmServerResize(client, PLACE)).status).toBe(204);
  });

  const server = (status: string, task: string | null = null): object => ({ server: { status, "OS-EXT-STS:task_state": task } });
  type Seen = () => Promise<Reading & { data?: { server: { status: string; "OS-EXT-STS:task_state"?: string | null } } }>;

  test.each([
    [
      "a resize that went back by itself",
      [server("ACTIVE", "resize_prep"), server("RESIZE", "resize_migrating"), server("ACTIVE")],
      "failed",
    ],
    ["a server in error", [server("RESIZE", "resize_prep"), server("ERROR")], "failed"],
    [
      "a server that has not begun yet",
      [server("ACTIVE"), server("ACTIVE"), server("RESIZE", "resize_prep"), server("VERIFY_RESIZE")],
      "done",
    ],
    ["a status with a task still under way", [server("VERIFY_RESIZE", "resize_finish"), server("VERIFY_RESIZE")], "done"],
    ["a server that never begins", [server("ACTIVE")], "deadline"],
  ])("%s", async (_, list, outcome) => {
    const { clock, read, patience } = answers(...list);
    expect(await clock.settle(waitForServer(read as Seen, "VERIFY_RESIZE", patience))).toMatchObject({ outcome });
  });
});

describe("jobs of Huawei Cloud", () => {
  function startEcs() {
    const clock = new VirtualClock();
    const world = mockOf(ecs, clock)();
    const client = vendor.createClient({ fetch: world.fetch, token: "TOKEN", retry: false, now: clock.now });
    const wait = (job_id: string) =>
      clock.settle(
        waitForJob((init) => vendor.showJob(client, { project_id: PLACE.project_id, job_id }, init), {
          now: clock.now,
          sleep: clock.sleep,
        }),
      );
    return { clock, world, client, wait };
  }
  const resize = { resize: { flavorRef: "s3.medium.2", mode: "withStopServer" as const } };

  test("one that ends well", async () => {
    const { clock, client, wait } = startEcs();
    const begun = await vendor.resizeServer(client, { ...PLACE, body: resize });
    const done = await wait(begun.status === 200 ? begun.data.job_id : "");
    expect(done).toMatchObject({ outcome: "done", value: { status: "SUCCESS" } });
    expect(clock.now()).toBeGreaterThanOrEqual(NOON + 10_000);
  });

  test("one that nobody knows", async () => {
    const { wait } = startEcs();
    expect(await wait("ff80808288d41e1b018990260955686a")).toMatchObject({ outcome: "refused", result: { status: 400 } });
  });

  type Seen = () => Promise<Reading & { data?: { status: string; error_code?: string | null; fail_reason?: string | null } }>;

  test("one that fails, in the vendor's words", async () => {
    const said = { status: "FAIL", error_code: "Ecs.0605", fail_reason: "The server is locked. Unlock it first." };
    for (const [body, fault] of [
      [said, { code: "Ecs.0605", message: "The server is locked. Unlock it first." }],
      [
        { ...said, fail_reason: null },
        { code: "Ecs.0605", message: "Ecs.0605" },
      ],
      [{ status: "FAIL", error_code: "", fail_reason: null }, { message: "The job failed without a reason." }],
    ] as const) {
      const { clock, read, patience } = answers({ status: "INIT" }, { status: "RUNNING" }, body);
      expect(await clock.settle(waitForJob(read as Seen, patience))).toEqual({ outcome: "failed", value: body, fault });
    }
  });

  test("one that nobody has paid for is handed back, or waited for", async () => {
    const list = [{ status: "PENDING_PAYMENT" }, { status: "RUNNING" }, { status: "SUCCESS" }];
    const first = answers(...list);
    expect(await first.clock.settle(waitForJob(first.read as Seen, first.patience))).toEqual({ outcome: "unpaid", value: list[0] });
    const second = answers(...list);
    const through = { ...second.patience, throughPayment: true };
    expect(await second.clock.settle(waitForJob(second.read as Seen, through))).toEqual({ outcome: "done", value: list[2] });
  });
});

describe("jobs of an Oracle ECB", () => {
  test("save, verify and activate, one after the other", async () => {
    const { clock, box, quick } = startBox();
    const client = box.client();
    await box.lock(client).lock();
    const read = (init: { signal?: AbortSignal }) => broker.showAsyncStatus(client, {}, init);
    for (const action of ["save", "verify"] as const) {
      expect((await broker.manageConfiguration(client, { query: { action } })).status).toBe(202);
      const done = await clock.settle(waitForOperation(read, action, quick));
      expect(done).toEqual({ outcome: "done", value: { operation: action, status: "success" } });
    }
    const begun = clock.now();
    await broker.activateConfiguration(client, { query: { action: "activate" } });
    expect(await clock.settle(waitForOperation(read, "activate", quick))).toMatchObject({ outcome: "done" });
    expect(clock.now()).toBeGreaterThanOrEqual(begun + 3000);
  });

  test("a backup whose file is there already, in the box's words", async () => {
    const { clock, box, quick } = startBox();
    const client = box.client();
    await box.lock(client).lock();
    const read = (init: { signal?: AbortSignal }) => broker.showAsyncStatus(client, {}, init);
    const outcomes: unknown[] = [];
    for (let time = 0; time < 2; time++) {
      await broker.activateConfiguration(client, { query: { action: "backup", backupSource: "running", filename: "before.gz" } });
      outcomes.push(await clock.settle(waitForOperation(read, "backup", quick)));
    }
    const fault = { message: "A backup file of this name exists already" };
    expect(outcomes).toMatchObject([{ outcome: "done" }, { outcome: "failed", fault, value: { operation: "backup" } }]);
  });

  const state = (operation: string, status: string): string =>
    `<response><data><operationState><operation>${operation}</operation><status>${status}</status></operationState></data></response>`;

  async function outcome(...list: string[]): Promise<unknown> {
    const left = [...list];
    const clock = new VirtualClock();
    const read = async (): Promise<Reading & { data: string }> => ({
      status: 200,
      data: (left.length > 1 ? left.shift() : left[0]) ?? "",
      response: new Response(),
    });
    return clock.settle(waitForOperation(read, "save", { now: clock.now, sleep: clock.sleep }));
  }

  test("the last job of somebody else is passed over before ours is seen, and is the end after it", async () => {
    expect(await outcome(state("activate", "success"), state("save", "in progress"), state("save", "success"))).toMatchObject({
      outcome: "done",
    });
    expect(await outcome(state("save", "in progress"), state("verify", "success"))).toEqual({
      outcome: "replaced",
      value: { operation: "verify", status: "success" },
    });
  });

  test("a message without a word about a job is a failure of it", async () => {
    const message = "<response><data><errorMessage>Not enough space.</errorMessage></data></response>";
    const failed = { outcome: "failed", fault: { message: "Not enough space." } };
    expect(await outcome(message)).toMatchObject(failed);
    expect(await outcome(state("save", "in progress"), message)).toMatchObject(failed);
  });

  test("a status that says so is a failure, also without a text; a word that nobody knows is waited for", async () => {
    const fault = { message: 'The job save ended as "Failed".' };
    expect(await outcome(state("save", "queued"), state("save", "Failed"))).toMatchObject({ outcome: "failed", fault });
    expect(await outcome(state("save", "queued"))).toMatchObject({ outcome: "deadline" });
    expect(await outcome("<html>not this</html>")).toMatchObject({ outcome: "deadline" });
  });
});
