/** The browser's own database (IndexedDB), opened when it is first needed and again when the browser took it away. */
import { StoreFull, StoreUnavailable } from "../store/types.ts";

/** The two parts of ours: the entries of worlds under `[world, key]`, and what the worker remembers of itself. */
export const ENTRIES = "entries";
export const NOTES = "notes";

export interface Database {
  /**
   * @param work may only wait for requests of this transaction, and throws only where one of them fails
   * @returns what the work gives, once all of it is written; where a request fails, nothing was
   * @throws StoreFull where the browser gives no more room, StoreUnavailable for any other failure
   */
  run<T>(part: string, mode: IDBTransactionMode, work: (part: IDBObjectStore) => Promise<T>): Promise<T>;
  /** Waits for what is running. */
  close(): Promise<void>;
}

/** A request of a transaction as a promise. */
export const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the request failed"));
  });

const ended = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("the transaction was aborted"));
  });

function failure(name: string, error: unknown): Error {
  if (error instanceof StoreUnavailable) return error;
  const cause = { cause: error };
  if (error instanceof Error && error.name === "QuotaExceededError")
    return new StoreFull("The browser gives the mock no more room: delete worlds, or let this site keep more data.", cause);
  const said = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replace(/\.$/, "");
  return new StoreUnavailable(
    `The browser's database ${JSON.stringify(name)} cannot be used (${said}): let this site keep data, or keep state in memory.`,
    cause,
  );
}

function connect(name: string, gone: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const part of [ENTRIES, NOTES]) request.result.createObjectStore(part);
  };
  return asked(request).then((database) => {
    database.onclose = gone;
    // Somebody deletes it: who holds on makes them wait for ever.
    database.onversionchange = () => {
      database.close();
      gone();
    };
    return database;
  });
}

/** @param name of the database; two mocks with different names do not see each other */
export function openDatabase(name: string): Database {
  let connection: Promise<IDBDatabase> | undefined;
  let closed = false;
  const running = new Set<Promise<unknown>>();
  const forget = (): void => void (connection = undefined);

  async function run<T>(part: string, mode: IDBTransactionMode, work: (part: IDBObjectStore) => Promise<T>): Promise<T> {
    try {
      connection ??= connect(name, forget);
      // Where it cannot be opened now, it may be later.
      connection.catch(forget);
      const transaction = (await connection).transaction(part, mode, { durability: "relaxed" });
      const end = ended(transaction);
      const [result] = await Promise.all([work(transaction.objectStore(part)), end]);
      return result;
    } catch (error) {
      throw failure(name, error);
    }
  }

  return {
    run(part, mode, work) {
      if (closed)
        return Promise.reject(new StoreUnavailable(`The database ${JSON.stringify(name)} is closed: open it again before you use it.`));
      const result = run(part, mode, work);
      running.add(result);
      const over = (): void => void running.delete(result);
      result.then(over, over);
      return result;
    },
    async close() {
      closed = true;
      await Promise.allSettled(running);
      (await connection?.catch(() => undefined))?.close();
      forget();
    },
  };
}
