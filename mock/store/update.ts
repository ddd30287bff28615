/** Read, decide, write, and again when somebody else was faster: the one way in which an entry is changed. */
import { chain, StoreContended, StoreFull, type Entry, type Maybe, type Store } from "./types.ts";

/** Beyond this many tries it is not bad luck any more. With the pauses below that is about a second. */
export const MAX_ATTEMPTS = 32;
const LONGEST_PAUSE = 50;

/** The result, and the entry that makes it true; without `next` nothing is written. */
export interface Decision<T> {
  next?: Entry | undefined;
  result: T;
  /** Whether the result holds without `next` too: it is not written where there is no room for it. */
  optional?: boolean;
}

export interface UpdateOptions {
  /**
   * Lets the others go first; only asked where the store is not local.
   * @param attempt how many tries have failed, from 1
   */
  wait?: (attempt: number) => Promise<void>;
}

/** A moment, drawn from a span that doubles each time, so that those who met do not meet again. */
const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(2 ** attempt, LONGEST_PAUSE)));

/** Where the store is full, what need not be written counts as written. */
function unlessFull(swap: () => Maybe<boolean>): Maybe<boolean> {
  const settle = (error: unknown): boolean => {
    if (error instanceof StoreFull) return true;
    throw error;
  };
  try {
    const written = swap();
    return written instanceof Promise ? written.catch(settle) : written;
  } catch (error) {
    return settle(error);
  }
}

/**
 * @param decide is asked again after every try that failed, each time with the entry of that moment: it must not do anything but decide
 * @returns the result of the decision that was written; with a local store it is there at once
 * @throws StoreContended after `MAX_ATTEMPTS` tries; what `decide` and the store throw comes through, and nothing was written by this call
 */
export function update<T>(
  store: Store,
  world: string,
  key: string,
  decide: (entry: Entry | undefined) => Decision<T>,
  { wait = pause }: UpdateOptions = {},
): Maybe<T> {
  const attempt = (count: number): Maybe<T> =>
    chain(store.read(world, key), (entry) => {
      const { next, result, optional } = decide(entry);
      if (next === undefined) return result;
      const swap = (): Maybe<boolean> => store.swap(world, key, entry, next);
      return chain(optional ? unlessFull(swap) : swap(), (written) => {
        if (written) return result;
        if (count === MAX_ATTEMPTS)
          throw new StoreContended(
            `The entry ${JSON.stringify(key)} of the world ${JSON.stringify(world)} was changed by others during ${MAX_ATTEMPTS} tries in a row: send the request again.`,
          );
        return store.local ? attempt(count + 1) : wait(count).then(() => attempt(count + 1));
      });
    });
  return attempt(1);
}
