/** Behaviour and state as data (docs/behaviour.md is the description; names follow it). Plain JSON throughout: it goes into generated files and stores. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Fields = { [name: string]: Json };

/** A literal, `$reference`, or text with `{reference}` in it. */
export type Value = Json;
export type Test = Value | { not: Value } | { exists: boolean } | { atLeast: string } | { below: string };
/** All of them hold. */
export type When = { [reference: string]: Test };

export type Basis = "documented" | "edition" | "observed" | "inferred";

export interface View {
  set?: { [pointer: string]: Value };
  /** reference to a version → version → pointers that are taken out below it */
  since?: { [reference: string]: { [version: string]: string[] } };
  items?: "matching" | "own";
  /** Pointer to a list of versions, which is told by the clock. */
  versions?: string;
}

/** A documented answer and how it is filled. `example` is a real key here: globs are resolved when the table is compiled. */
export interface AnswerSpec {
  status: string;
  example?: string;
  view?: View;
  headers?: { [name: string]: Value };
}

export interface TimerSpec {
  /** ISO 8601 duration, or `at` a reference to milliseconds. */
  after?: string;
  at?: string;
  when?: When;
  set: { [field: string]: Value };
}

export interface OutcomeSpec {
  when?: When;
  fail?: { code: string; reason: string };
  set?: { [field: string]: Value };
}

export interface Effect {
  set?: { [field: string]: Value };
  /** Field → `$body./pointer`: set where the body has the member. */
  given?: { [field: string]: string };
  timers?: { [name: string]: TimerSpec };
  cancel?: string[];
  delete?: true;
  issue?: true;
  /** `type` may be a reference. */
  job?: { type: string; begins?: string; takes: string; outcomes: OutcomeSpec[] };
  item?: "put" | "merge" | "remove";
}

export interface Row {
  /** `stopServer/locked` for a guard, `stopServer/stops` for a row: unique in a contract. */
  id: string;
  name: string;
  guard: boolean;
  when?: When;
  answer: AnswerSpec;
  effect?: Effect;
  basis: Basis;
  question?: string;
}

export interface ResourceSpec {
  name: string;
  space: string;
  /** Reference to the key; absent: one per world. */
  key?: string;
  format?: string;
  fields: { [name: string]: { values?: Json[]; initial: Value } };
  derived: { [name: string]: { when?: When; is: Value }[] };
  diagram?: string;
}

export interface CallerSpec {
  from: { header: string; pattern?: string; is: "token" | "accessKey" | "basic" }[];
  unknown: { project?: Value; role?: Value; admin?: boolean };
  refused: { [why in Refused]?: AnswerSpec };
  signature?: "scp" | "ak-sk";
  /** Milliseconds. */
  window?: number;
  lifetime?: number;
}

/** Why a request is refused before its call is looked at. */
export type Refused = "unknown" | "expired" | "signature" | "window";

export interface CollectionSpec {
  item: string;
  type: string;
  keys: { [type: string]: string[] };
  /** What there is at first, as the items' XML or JSON text of the named example. */
  initial: Item[];
}

/** One item of a collection: its type, and its attributes in their order, each with any number of values. */
export interface Item {
  type: string;
  attributes: [name: string, values: string[]][];
  /** XML that is kept as it came (`subElement`). */
  rest?: string;
}

/** The table of one contract: only the calls it has, guards in front of rows, durations as they were written. */
export interface Behaviour {
  api: string;
  summary: string;
  resource?: ResourceSpec;
  caller?: CallerSpec;
  request: { [name: string]: { from: { header: string; pattern?: string }[]; words?: { [word: string]: string }; default: string } };
  /** Header names in lower case that this contract does not look at. */
  ignores: string[];
  samples: { [text: string]: string };
  collection?: CollectionSpec;
  calls: {
    [call: string]: {
      permission?: { main?: string; role?: string };
      /** The reference to a job's id, for calls that read one. */ job?: string;
      rows: Row[];
    };
  };
}

/** Who asks, as the table sees it. */
export interface Caller {
  /** Of the seed file. */
  name?: string;
  token?: string;
  accessKey?: string;
  user?: string;
  project?: string;
  role?: string;
  admin: boolean;
  /** Permissions, `*` stands for any text; absent: everything is allowed. */
  policy?: string[];
  /** Milliseconds since the epoch: the end of the token. */
  expires?: number;
  /** The token is nobody's that we know. Where tokens end, it counts as issued at the moment it first changes something. */
  provisional?: true;
}

/** A caller of the seed file; what it leaves out is as `caller.unknown` of the table has it. */
export interface KnownCaller {
  /** The key in the seed file, unless it is said. */
  name?: string;
  token?: string;
  accessKey?: string;
  /** For the signature that goes with the access key. */
  secret?: string;
  user?: string;
  password?: string;
  project?: string;
  role?: string;
  admin?: boolean;
  /** Permissions, `*` stands for any text. */
  policy?: string[];
}

/** A request that has passed the contract, as the table sees it. */
export interface Asked {
  call: string;
  /** Decoded. */
  path: Record<string, string>;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** JSON: parsed; XML and forms: the text. */
  body?: unknown;
  /** The media type of the contract that the body was taken as. */
  mediaType?: string | undefined;
  address?: Address;
}

/** Where the client has the contract's server, or the vendor's host: what documented links begin with. Made only when a table asks. */
export type Address = (of: "server" | "root") => string;

/** What a timer or a job's outcome knew of the request when it was set, by reference: `{ "caller.token": "abc" }`. */
export type Known = { [reference: string]: Json };

export interface Timer {
  name: string;
  /** Milliseconds since the epoch. */
  at: number;
  when?: When;
  set: { [field: string]: Value };
  /** References to the request and the caller mean the ones of the request that set the timer; the others are read when it is due. */
  known?: Known;
}

export interface Job {
  id: string;
  type: string;
  begun: number;
  /** When `init` becomes `running`, and when it is over. */
  runs: number;
  ends: number;
  outcomes: OutcomeSpec[];
  known?: Known;
  /** Set once it is over. */
  result?: "success" | "fail";
  code?: string;
  reason?: string;
}

export interface Issued {
  expires: number;
  caller: { user?: string; role?: string; admin: boolean; name?: string; project?: string; policy?: string[] };
}

/** All that is remembered of one resource. Never changed in place: a change makes a new one. A type and not an interface, so that it is an `Entry`. */
export type Aggregate = {
  fields: Fields;
  timers: Timer[];
  jobs: Job[];
  tokens: { [token: string]: Issued };
  items?: Item[];
  /** Counts what was made from the seed, so that nothing is made twice. */
  serial: number;
  deleted?: true;
};
