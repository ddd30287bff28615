/**
 * Contenders for one lock, over a network whose every request and answer, and a clock whose every tick, comes in an order that fast-check
 * chooses. Requests that were given up still arrive; timers wake late; answers are lost.
 */
import type { Scheduler } from "fast-check";
import type { Client } from "../../generated/oracle-ecb/v1.1/client.ts";
import { lease, type Held } from "../../runtime/lease.ts";
import type { Fetch, Sleep } from "../../runtime/types.ts";
import { write, type Box } from "./box.ts";

export type Trouble = "dropped" | "lost" | "500";
/** Some requests to this call, one after the other, do not go as they should. */
export interface Fault {
  call: "token" | "lock" | "unlock" | "configElements";
  from: number;
  times: number;
  trouble: Trouble;
}
export type Step = { do: "write" } | { do: "sleep"; milliseconds: number } | { do: "throw" };
export interface Plan {
  /** One list of steps for each lease that a contender takes, one after the other. */
  leases: Step[][];
  /** How long it waits for each of them. */
  deadline: number;
  /** The lease that the contender stops waiting for after so many milliseconds. */
  impatient: { lease: number; after: number } | undefined;
}

/** What was seen of one lease. */
export interface Seen {
  name: string;
  signal: AbortSignal;
  /** Answers 423 that its client heard, unless a renewal overtook the call. */
  refused: number;
  /** Writes that it sent after its signal was aborted. */
  late: number;
  over: boolean;
}

export interface Tape {
  /** The names of the leases whose writes the box took, in its order. */
  writes: string[];
  leases: Seen[];
  /** The most leases that said at once that they hold the lock; looked at only where asked for, because looking makes a lease look itself. */
  most: number;
  /** What the leases ended with. */
  ends: unknown[];
}

export interface Room {
  box: Box;
  scheduler: Scheduler;
  time: { now: number };
  faults: Fault[];
  looking: boolean;
}

export const mistake = new Error("a mistake of the body");

const callOf = (request: Request): string => new URL(request.url).pathname.split("/").at(-1) ?? "";

/** Waits until it is chosen, and moves the clock as far as it had to wait: others may find that their time has passed long ago. */
const sleepOf =
  ({ scheduler, time }: Room): Sleep =>
  async (milliseconds, signal) => {
    signal?.throwIfAborted();
    const until = time.now + milliseconds;
    const aborted = new Promise<never>((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason), { once: true }));
    await Promise.race([scheduler.schedule(Promise.resolve(), `sleep ${milliseconds}`), aborted]);
    time.now = Math.max(time.now, until);
  };

export async function contend(room: Room, plans: Plan[]): Promise<Tape> {
  const { box, scheduler, time, faults, looking } = room;
  const tape: Tape = { writes: [], leases: [], most: 0, ends: [] };
  const held = new Map<Seen, Held<Client>>();
  const counts = new Map<string, number>();
  const sleep = sleepOf(room);
  const now = (): number => time.now;
  const patience = { now, sleep, rest: sleep, random: () => 0.5 };

  function troubleOf(call: string): Trouble | undefined {
    const nth = counts.get(call) ?? 0;
    counts.set(call, nth + 1);
    return faults.find((fault) => fault.call === call && nth >= fault.from && nth < fault.from + fault.times)?.trouble;
  }
  function look(): void {
    if (looking) tape.most = Math.max(tape.most, [...held.values()].filter((lock) => lock.held).length);
  }

  /** The network between a contender and the box. */
  const networkOf =
    (current: () => Seen | undefined, token: () => string | undefined): Fetch =>
    async (request) => {
      const call = callOf(request);
      const trouble = troubleOf(call);
      const seen = current();
      if (seen?.signal.aborted && call === "configElements") seen.late++;
      const { signal } = request;
      signal.throwIfAborted();
      const aborted = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
      // The box gets it all the same.
      const sent = new Request(request.url, {
        method: request.method,
        headers: request.headers,
        body: request.body && (await request.text()),
      });
      const exchange = async (): Promise<Response> => {
        await scheduler.schedule(Promise.resolve(), `${call} arrives`);
        if (trouble === "dropped") throw new TypeError(`fetch failed: ${call} was dropped`);
        if (trouble === "500") return new Response(null, { status: 500 });
        look();
        const response = await box.fetch(sent);
        if (call === "configElements" && response.status === 200) tape.writes.push(seen?.name ?? "nobody");
        await scheduler.schedule(Promise.resolve(), `${call} is answered`);
        if (trouble === "lost") throw new TypeError(`fetch failed: the answer to ${call} was lost`);
        const own = request.headers.get("Authorization") === `Bearer ${token()}`;
        if (call === "configElements" && response.status === 423 && own && seen && !signal.aborted) seen.refused++;
        return response;
      };
      const answer = exchange();
      answer.catch(() => {});
      return Promise.race([answer, aborted]);
    };

  async function contender({ leases, impatient, deadline }: Plan, index: number): Promise<void> {
    let current: Seen | undefined;
    const fetch = networkOf(
      () => current,
      () => client.credentials?.current()?.token,
    );
    const client: Client = box.client({ username: `user-${index}`, fetch });
    const lockable = box.lock(client);
    for (const [number, steps] of leases.entries()) {
      const going = new AbortController();
      if (impatient?.lease === number) void sleep(impatient.after).then(() => going.abort(mistake));
      try {
        await lease(lockable, { ...patience, deadline, signal: going.signal }, async (lock) => {
          const seen: Seen = { name: `${index}.${number}`, signal: lock.signal, refused: 0, late: 0, over: false };
          current = seen;
          tape.leases.push(seen);
          held.set(seen, lock);
          look();
          try {
            for (const step of steps) {
              if (step.do === "throw") throw mistake;
              if (step.do === "sleep") await sleep(step.milliseconds);
              // A body that takes no notice of anything, and tries again.
              else await write(lock.client).catch(() => {});
            }
          } finally {
            seen.over = true;
            held.delete(seen);
            current = undefined;
          }
        });
        tape.ends.push("done");
      } catch (error) {
        tape.ends.push(error);
      }
    }
  }
  await scheduler.waitFor(Promise.all(plans.map(contender)));
  return tape;
}
