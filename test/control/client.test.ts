/** The generated client, typed by the document, against the handler: what a consumer of `latch/latch-control/v1` writes. */
import { expect, test } from "vitest";
import {
  addFault,
  advanceClock,
  changeResource,
  createClient,
  deleteFault,
  deleteResource,
  listFaults,
  listWorlds,
  resetState,
  restoreState,
  setClock,
  setResource,
  showClock,
  showDocument,
  showHealth,
  showResource,
  showState,
} from "../../generated/latch-control/v1/client.ts";
import type { Control } from "../../mock/control/handler.ts";
import { openRoom } from "./room.ts";
import { SERVER } from "./tables.ts";

/** What a door does: a Request in, a Response out. */
const fetchOf =
  (control: Control) =>
  async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const body = new Uint8Array(await request.arrayBuffer());
    const head = { method: request.method, url: pathname + search, headers: Object.fromEntries(request.headers) };
    const answer = await control.respond({ ...head, ...(body.length > 0 && { body }) });
    return new Response(answer.status === 204 ? null : String(answer.body), { status: answer.status, headers: answer.headers });
  };

test("a consumer's test: a world of its own, a server in a state, an hour, a fault, and back", async () => {
  const room = openRoom();
  const client = createClient({ fetch: fetchOf(room.control), headers: { "X-Latch-World": "checkout" } });
  const where = { space: "huawei", id: SERVER };

  const health = await showHealth(client);
  expect(health.data?.version).toBe("1.2.3");

  await setClock(client, { body: { now: "2027-01-01T00:00:00Z", running: false } });
  const set = await setResource(client, { ...where, body: { fields: { vm_state: "stopped" } } });
  expect(set.data?.derived["status"]).toBe("SHUTOFF");
  const changed = await changeResource(client, { ...where, body: { fields: { locked: true } } });
  expect(changed.data?.fields).toMatchObject({ vm_state: "stopped", locked: true });

  const fault = await addFault(client, { body: { contract: "samsung-virtualserver", call: "stopServer", status: "409", times: 1 } });
  expect(fault.response.headers.get("location")).toBe("/_latch/faults/f1");
  const before = await showState(client);
  if (before.status !== 200) throw new Error(before.error.detail);

  await advanceClock(client, { body: { by: "PT1H" } });
  await deleteFault(client, { id: fault.data?.id ?? "" });
  await deleteResource(client, where);
  expect((await showClock(client)).data).toEqual({ now: "2027-01-01T01:00:00.000Z", running: false, set: true });
  const gone = await showResource(client, where);
  if (gone.status !== 404) throw new Error("It is still there.");
  expect(gone.error.detail).toBe(`There is no server ${SERVER} in the world checkout`);

  // The type of a snapshot is one that can be put back.
  expect((await restoreState(client, { body: before.data })).status).toBe(204);
  expect((await showState(client)).data).toEqual(before.data);
  expect((await listFaults(client)).data?.faults).toHaveLength(1);

  // The header of one call goes before the client's.
  expect((await listFaults(client, { header: { "X-Latch-World": "other" } })).data?.faults).toEqual([]);
  expect((await listWorlds(client)).data?.worlds).toEqual(["checkout", "default"]);
  await resetState(client);
  expect((await listWorlds(client)).data?.worlds).toEqual(["default"]);
});

test("mistakes are values with a sentence, and what is possible", async () => {
  const client = createClient({ fetch: fetchOf(openRoom().control) });
  const told = await setResource(client, { space: "huawei", id: SERVER, body: { fields: { vm_state: "lost" } } });
  if (told.status !== 400) throw new Error("It was taken.");
  expect(told.error).toMatchObject({ pointer: "/fields/vm_state", possible: expect.arrayContaining(["active"]) });
});

test("the document says what it is", async () => {
  const { data } = await showDocument(createClient({ fetch: fetchOf(openRoom().control) }));
  expect(data?.openapi).toBe("3.1.0");
});
