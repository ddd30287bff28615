/** What every peer is told on its command line: `<port> <document> <recorded answer> [state]`. */

/** An answer of our mock, for the servers that have no document to take one from. */
export interface Recorded {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** The body of a server that is shown, empty where the contract is another. */
  shown: string;
}

const [port = "0", document = "", recorded = "{}", mode = ""] = process.argv.slice(2);

export const HOST = "127.0.0.1";
export const PORT = Number(port);
/** Path of the bundle. */
export const DOCUMENT = document;
export const RECORDED = JSON.parse(recorded) as Recorded;
export const STATE = mode === "state";

/**
 * A package of bench/peers/node_modules. The repository's own type check runs without it, so the caller says what it uses of it.
 * @param name the package
 */
export const load = (name: string): Promise<unknown> => import(name);
