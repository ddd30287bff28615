/** Which resource a job belongs to: calls ask for a job without naming the resource, so that each has an entry that leads there. */
import { chain, type Maybe, type Store } from "../store/types.ts";

export interface Pointers {
  /** The key of the resource that a job belongs to. */
  find(world: string, job: string): Maybe<string | undefined>;
  /**
   * @param key of the resource
   * @param made jobs it has from now on
   * @param forgotten jobs it has no longer: an entry for each would stay for ever, and fill the store
   */
  change(world: string, key: string, made: string[], forgotten: string[]): Maybe<void>;
}

export function createPointers(store: Store, space: string): Pointers {
  const at = (job: string): string => `job/${space}/${job}`;

  function remember(world: string, key: string, [job, ...rest]: string[]): Maybe<void> {
    if (job === undefined) return undefined;
    return chain(store.swap(world, at(job), undefined, { key }), () => remember(world, key, rest));
  }

  function forget(world: string, key: string, [job, ...rest]: string[]): Maybe<void> {
    if (job === undefined) return undefined;
    return chain(store.read(world, at(job)), (entry) =>
      chain(entry?.["key"] === key && store.swap(world, at(job), entry, undefined), () => forget(world, key, rest)),
    );
  }

  return {
    find: (world, job) => chain(store.read(world, at(job)), (entry) => (typeof entry?.["key"] === "string" ? entry["key"] : undefined)),
    // First what goes: it makes room.
    change: (world, key, made, forgotten) => chain(forget(world, key, forgotten), () => remember(world, key, made)),
  };
}
