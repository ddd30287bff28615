/**
 * A server locked, or unlocked, for the length of a function, and brought back to what it was.
 *
 * The lock of a server has no owner. Whoever may unlock takes it away and nobody is told; who locks a locked server is not told either. So these
 * functions keep mistakes away, and nobody out: two programs can be inside at once, and the first to leave brings the server back to what it found
 * while the other one works on. Where work must not overlap, use something that has an owner. Inside one program, functions that share a
 * `Lockable` are counted: the first one in changes the server, the last one out changes it back, and one kind may stand inside the other.
 */
import type { ServerLockable } from "./lockable.ts";
import type { Patience } from "./persist.ts";
import { scoped } from "./scoped.ts";
import { back, change, look } from "./server-lock-change.ts";

/** How long to try, where the vendor is in trouble, on the way in and once more on the way out: 30 s where nothing is said. */
export type ServerLockOptions = Patience;

/** One reason to have a server locked, or unlocked, shared by all that have it at once. */
interface Section {
  readonly locked: boolean;
  /** What the server is brought back to. */
  before: boolean;
  users: number;
}
interface Gate {
  /** The last one began last, inside the others or beside them. */
  readonly sections: Section[];
  /** Comings and goings happen one after the other. */
  last: Promise<unknown>;
}

const gates = /* @__PURE__ */ new WeakMap<ServerLockable, Gate>();

function gateOf(lockable: ServerLockable): Gate {
  const gate = gates.get(lockable) ?? { sections: [], last: Promise.resolve() };
  gates.set(lockable, gate);
  return gate;
}

function inTurn<Value>(gate: Gate, work: () => Promise<Value>): Promise<Value> {
  const turn = gate.last.then(work);
  gate.last = turn.catch(() => {});
  return turn;
}

async function within<Value>(
  lockable: ServerLockable,
  locked: boolean,
  body: (signal: AbortSignal | undefined) => Promise<Value>,
  options: ServerLockOptions,
): Promise<Value> {
  const gate = gateOf(lockable);
  const { sections } = gate;
  const section = await inTurn(gate, async (): Promise<Section> => {
    options.signal?.throwIfAborted();
    const top = sections.at(-1);
    if (top?.locked === locked) {
      top.users++;
      return top;
    }
    const before = await look(lockable, options);
    const own = { locked, before, users: 1 };
    await change(lockable, own, options);
    sections.push(own);
    return own;
  });
  const leave = async (): Promise<void> => {
    if (--section.users > 0) return;
    const at = sections.indexOf(section);
    const above = sections[at + 1];
    sections.splice(at, 1);
    // Who came later has not gone yet: it brings the server back to where we would have.
    if (above) above.before = section.before;
    else await back(lockable, section, options);
  };
  return scoped(
    () => body(options.signal),
    () => inTurn(gate, leave),
  );
}

/**
 * Locks a server, runs a function, and unlocks the server again unless it was locked before.
 * @param lockable the server: `samsungServerLock(…)` or `huaweiServerLock(…)`
 * @param body gets the signal of `options`. An abort does not end it by itself, and the server is brought back when it has ended.
 * @param options `signal` ends the way in, never the way out
 * @returns what the body gives
 * @throws what the body throws; a LockError `refused` or `busy` on the way in; `left` where the server is still locked; both as a `SuppressedError`
 */
export const withServerLock = <Value>(
  lockable: ServerLockable,
  body: (signal: AbortSignal | undefined) => Promise<Value>,
  options: ServerLockOptions = {},
): Promise<Value> => within(lockable, true, body, options);

/**
 * Unlocks a server, runs a function, and locks the server again if it was locked before: what a client does that means to change a locked server.
 * @param lockable the server
 * @param body gets the signal of `options`, as with `withServerLock`
 * @param options `signal` ends the way in, never the way out
 * @returns what the body gives
 * @throws as `withServerLock`; `busy` where the lock is an administrator's, `left` where the server is still unlocked
 */
export const withServerUnlocked = <Value>(
  lockable: ServerLockable,
  body: (signal: AbortSignal | undefined) => Promise<Value>,
  options: ServerLockOptions = {},
): Promise<Value> => within(lockable, false, body, options);
