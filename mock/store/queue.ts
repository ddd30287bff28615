/**
 * One after the other, by key. Within a process there is no need to find out by a failed compare-and-set that somebody else was faster; what
 * is left of contention is between processes.
 */

export interface Queue {
  /**
   * @param key what must not be worked on twice at the same time; work on different keys is independent
   * @param work begins once everything that was queued earlier under this key is over, however it ended
   * @returns what the work gives; its error is the caller's alone
   */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Keys that somebody works on or waits for. */
  readonly size: number;
}

/** A queue that remembers a key only as long as there is work under it. */
export function createQueue(): Queue {
  /** The end of the last work of each key; never rejects. */
  const ends = new Map<string, Promise<void>>();

  return {
    run<T>(key: string, work: () => Promise<T>): Promise<T> {
      const result = (ends.get(key) ?? Promise.resolve()).then(work);
      const over = (): void => {
        // Somebody may have queued up behind in the meantime.
        if (ends.get(key) === end) ends.delete(key);
      };
      const end = result.then(over, over);
      ends.set(key, end);
      return result;
    },
    get size() {
      return ends.size;
    },
  };
}
