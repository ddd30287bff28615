/**
 * Where state is kept: entries by key, in worlds that know nothing of each other. An entry is plain JSON and is never changed in place, so
 * that whoever has read it may keep it. Names of worlds and keys are well-formed text (no half of a surrogate pair).
 */

/** There already, or later. */
export type Maybe<T> = T | Promise<T>;

/** An object of JSON: an aggregate, the settings of a world, or a pointer from a job to its resource. */
export type Entry = { readonly [name: string]: unknown };

export interface Store {
  /** Whether every answer comes at once: nothing else can happen between reading and writing. */
  readonly local: boolean;
  /** `undefined` where nothing was written. The memory store answers at once, not with a promise. */
  read(world: string, key: string): Maybe<Entry | undefined>;
  /**
   * Writes only where the entry is still what was read: compare-and-set.
   * @param seen what `read` gave, or what an earlier `swap` of this store wrote: the object itself, not a copy of it
   * @param next what is there from now on; undefined: nothing
   * @returns whether it was written
   * @throws StoreFull when there is no room for one more
   */
  swap(world: string, key: string, seen: Entry | undefined, next: Entry | undefined): Maybe<boolean>;
  /** Everything of a world, by key. */
  entries(world: string): Maybe<Record<string, Entry>>;
  /**
   * Replaces everything of a world; without entries the world is as if it had never been.
   * @throws StoreFull when there is no room for them; then nothing was replaced
   */
  replace(world: string, entries?: Record<string, Entry>): Maybe<void>;
  /** The names of the worlds that hold anything, in no order. */
  worlds(): Maybe<string[]>;
  /** Rejects when the store cannot be reached: what `ready` reports. */
  ping(): Maybe<void>;
  /** Waits for what is running; nothing may be asked afterwards. Closing twice is closing once. */
  close(): Maybe<void>;
}

/** The store keeps as much as it may; the message is a sentence for people. */
export class StoreFull extends Error {
  override name = "StoreFull";
}

/** The store cannot be reached, or refuses; the message is a sentence for people and holds no password. */
export class StoreUnavailable extends Error {
  override name = "StoreUnavailable";
}

/** Others changed the entry again and again while somebody tried to; the message is a sentence for people. */
export class StoreContended extends Error {
  override name = "StoreContended";
}

/** Goes on at once where the value is there, so that memory costs no tick. */
export const chain = <T, R>(value: Maybe<T>, next: (value: T) => Maybe<R>): Maybe<R> =>
  value instanceof Promise ? value.then(next) : next(value);
