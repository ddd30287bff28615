/** The suite on all three vendors, and what only one of them does. */
import { describe, expect, test } from "vitest";
import { createClient, lockServer, showServer, unlockServer } from "../../generated/huawei-ecs-native/v2/client.ts";
import nova2 from "../../generated/huawei-ecs-native/v2/mock.js";
import { huaweiServerLock } from "../../runtime/lockable-huawei.ts";
import { boxes, failure } from "./box.ts";
import { VirtualClock } from "./clock.ts";
import { ecbSubject, huaweiSubject, samsungSubject } from "./subjects.ts";
import { lockableSuite } from "./suite.ts";
import { mockOf } from "./world.ts";

lockableSuite("a Huawei Cloud server, by an administrator", huaweiSubject);
lockableSuite("a Samsung Cloud Platform server", samsungSubject);
lockableSuite("the configuration of an Oracle ECB", ecbSubject);

describe("Huawei Cloud", () => {
  test("inside a project the lock has no owner", async () => {
    const clock = new VirtualClock();
    const { lockable, other } = huaweiSubject(clock, { byOwner: true });
    await lockable.lock();
    expect(await other.lock()).toEqual({ outcome: "locked" });
    expect(await other.unlock()).toEqual({ outcome: "unlocked" });
    expect(await lockable.isLocked()).toBe(false);
  });

  test("an administrator's lock is busy, a role that may not unlock is refused: both are 403", async () => {
    const { lockable, other, refused } = huaweiSubject(new VirtualClock());
    await lockable.lock();
    expect(await other.unlock()).toMatchObject({ outcome: "busy", result: { status: 403 } });
    expect(await failure(refused[0].unlock())).toMatchObject({ reason: "refused", status: 403 });
  });

  test("a version that does not show the lock is a clear error, not an unlocked server", async () => {
    const clock = new VirtualClock();
    const world = mockOf(nova2, clock)();
    const client = createClient({ fetch: world.fetch, token: "TOKEN", retry: false, now: clock.now });
    const where = { project_id: "74610f3a5ad941998e91f076297ecf27", server_id: "89c312bb-285a-4026-a237-d441908c2f9e" };
    const lockable = huaweiServerLock(client, where, { lockServer, unlockServer, showServer });
    expect(await lockable.lock()).toEqual({ outcome: "locked" });
    expect(await failure(lockable.isLocked())).toMatchObject({ name: "LockError", vendor: "huawei", reason: "hidden", status: 200 });
  });
});

describe("Oracle ECB", () => {
  test("looking for the lock takes nothing and releases nothing, whoever looks", async () => {
    const clock = new VirtualClock();
    const box = boxes(clock)();
    const [mine, other] = [box.lock(), box.lock()];
    expect([await mine.holder?.(), await other.holder?.()]).toEqual([undefined, undefined]);
    await mine.lock();
    for (let time = 0; time < 3; time++) expect([await mine.holder?.(), await other.holder?.()]).toEqual(["self", "another"]);
    expect(await mine.unlock()).toEqual({ outcome: "unlocked" });
    expect(await mine.holder?.()).toBeUndefined();
  });

  test("a box that answers its holder with 423, as one client expects, says locked all the same", async () => {
    const clock = new VirtualClock();
    const box = boxes(clock)();
    const text =
      "<response><data/><messages><errorMessage>Configuration is already locked by the current session</errorMessage></messages></response>";
    const fetch: typeof box.fetch = async (request) =>
      request.url.endsWith("/lock") ? new Response(text, { status: 423 }) : box.fetch(request);
    expect(await box.lock(box.client({ fetch })).lock()).toEqual({ outcome: "locked" });
  });

  test("but what stands far behind in an answer is not that sentence", async () => {
    const box = boxes(new VirtualClock())();
    const text = `<response>${"already locked ".repeat(100_000)}by the current session</response>`;
    const fetch: typeof box.fetch = async (request) =>
      request.url.endsWith("/lock") ? new Response(text, { status: 423 }) : box.fetch(request);
    expect(await box.lock(box.client({ fetch })).lock()).toMatchObject({ outcome: "busy" });
  });

  test("a box that lets any token unlock cannot be asked", async () => {
    const box = boxes(new VirtualClock())();
    const fetch: typeof box.fetch = async (request) =>
      request.url.endsWith("/unlock") ? new Response(null, { status: 204 }) : box.fetch(request);
    expect(await failure(box.lock(box.client({ fetch })).isLocked())).toMatchObject({ reason: "hidden", status: 204 });
  });

  test("a box that gives no token, or none that is one, is refused", async () => {
    const box = boxes(new VirtualClock())();
    for (const answer of [new Response(null, { status: 403 }), new Response("<response/>"), new Response("no XML")]) {
      const fetch: typeof box.fetch = async () => answer;
      expect(await failure(box.lock(box.client({ fetch })).isLocked())).toMatchObject({ reason: "refused", status: answer.status });
    }
  });
});
