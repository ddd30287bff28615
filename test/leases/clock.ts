/** Time that passes when a test says so. Nothing here waits for the system's clock. */
import { setImmediate } from "node:timers/promises";
import type { Sleep } from "../../runtime/types.ts";

export const MINUTE = 60_000;
export const NOON = Date.parse("2026-08-01T12:00:00Z");

/** Turns of the event loop after which what can go on without time has gone on. */
const TURNS = 12;

interface Timer {
  at: number;
  fire: () => void;
}

export class VirtualClock {
  #now = NOON;
  #timers: Timer[] = [];

  readonly now = (): number => this.#now;

  /** Waits until the clock is moved so far. */
  readonly sleep: Sleep = (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#timers = this.#timers.filter((one) => one !== timer);
        reject(signal?.reason);
      };
      const fire = (): void => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const timer = { at: this.#now + Math.max(0, milliseconds), fire };
      if (signal?.aborted) return stop();
      signal?.addEventListener("abort", stop, { once: true });
      this.#timers.push(timer);
    });

  /** How many are waiting. */
  get sleepers(): number {
    return this.#timers.length;
  }

  /** Lets everything go on that needs no time. */
  async flush(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn++) await setImmediate();
  }

  /** Moves the clock, and wakes who is due, one after the other, at the moment that each of them has waited for. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await this.flush();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.at);
      this.#timers = this.#timers.filter((one) => one !== next);
      next.fire();
      await this.flush();
    }
    this.#now = end;
  }

  /** Moves the clock from one sleeper to the next until a promise has come to its end. */
  async settle<Value>(promise: Promise<Value>): Promise<Value> {
    let pending = true;
    const end = (): void => void (pending = false);
    promise.then(end, end);
    await this.flush();
    for (let idle = 0; pending && idle < 100; idle++) {
      const next = this.#next(Infinity);
      if (next) idle = 0;
      await this.advance(next ? Math.max(0, next.at - this.#now) : 0);
    }
    if (pending) throw new Error("Nobody sleeps, and still it does not end.");
    return promise;
  }

  #next(end: number): Timer | undefined {
    return this.#timers.filter(({ at }) => at <= end).reduce<Timer | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);
  }
}
