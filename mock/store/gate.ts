/**
 * Every command to a server goes through here: none waits for longer than it may, each failure becomes a sentence that says which server it
 * was, and the end waits for what is still running.
 */
import { StoreUnavailable } from "./types.ts";

export interface GateOptions {
  /** The server, for people: without a password. */
  name: string;
  /** Milliseconds that an answer may take. */
  limit: number;
  /** Whether there is a connection. */
  ready: () => boolean;
  /** The last thing that went wrong with it. */
  trouble: () => unknown;
}

export interface Gate {
  /** @throws StoreUnavailable when the command fails, takes too long, or there is no connection to send it over */
  run<T>(command: () => Promise<T>): Promise<T>;
  /** Lets nothing in any more, and `end`s the connection once nothing is running. */
  close(end: () => void): Promise<void>;
}

/** `ECONNREFUSED`, or what the server wrote. An error of several addresses has only a code. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "the connection was lost";
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return (code ?? (error.message || error.name)).trim().replace(/\.$/, "");
}

/**
 * @param limit milliseconds
 * @throws Error when the work is not done by then; it goes on, and nobody hears how it ended
 */
export async function within<T>(limit: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limit} ms`)), limit);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** A gate in front of one connection. */
export function openGate({ name, limit, ready, trouble }: GateOptions): Gate {
  const running = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;
  const failed = (error: unknown): StoreUnavailable => {
    const said = ready()
      ? `The Redis at ${name} did not do what it was asked (${reasonOf(error)}): look at its log.`
      : `The Redis at ${name} is away (${reasonOf(error)}): start it again, latch connects to it by itself.`;
    return new StoreUnavailable(said, { cause: error });
  };

  return {
    async run(command) {
      if (closed) throw new StoreUnavailable(`The store at ${name} is closed: open it again before you use it.`);
      if (!ready()) throw failed(trouble());
      const work = within(limit, command());
      running.add(work);
      try {
        return await work;
      } catch (error) {
        throw failed(error);
      } finally {
        running.delete(work);
      }
    },
    close(end) {
      closed ??= Promise.allSettled(running).then(end);
      return closed;
    },
  };
}
