/** Where state is kept. A value is plain JSON and is never changed in place. */
import type { Json } from "../state/types.ts";

export type Maybe<T> = T | Promise<T>;

/** An object of JSON: an aggregate, the settings of a world, or a pointer from a job to its resource. */
export type Entry = { readonly [name: string]: Json };

export interface Store {
  /** `undefined` where nothing was written. The memory store answers at once, not with a promise. */
  read(world: string, key: string): Maybe<Entry | undefined>;
  /**
   * Writes only where the entry is still what was read: compare-and-set.
   * @param seen what `read` gave
   * @returns whether it was written
   */
  swap(world: string, key: string, seen: Entry | undefined, next: Entry): Maybe<boolean>;
  /** Everything of a world, by key. */
  entries(world: string): Maybe<Record<string, Entry>>;
  /** Replaces everything of a world; without entries the world is as if it had never been. */
  replace(world: string, entries?: Record<string, Entry>): Maybe<void>;
  /** The names of the worlds that hold anything. */
  worlds(): Maybe<string[]>;
  /** Rejects when the store cannot be reached: what `ready` reports. */
  ping(): Maybe<void>;
  close(): Maybe<void>;
}

/** Goes on at once where the value is there, so that memory costs no tick. */
export const chain = <T, R>(value: Maybe<T>, next: (value: T) => Maybe<R>): Maybe<R> =>
  value instanceof Promise ? value.then(next) : next(value);
