/** The words of the mock: `respond(request) -> answer` is an engine, everything else is a door to it (DESIGN section 6). */
import type { Method, Obj } from "../scripts/document.ts";
import type { Validators } from "./compiled/types.ts";
import type { Behaviour } from "./state/types.ts";
import type { Maybe } from "./store/types.ts";

export interface MockRequest {
  /** Upper case, as HTTP writes it. */
  method: string;
  /** Path and query as they came, still percent-encoded. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body?: Uint8Array;
  /** The limit in bytes that the body went beyond; the door kept nothing of it. */
  overLimit?: number;
  /** Scheme and authority that the client used, as it signed them: `http://127.0.0.1:4010`. */
  origin?: string;
  /** The whole address that the client used, where `url` is not its path: behind a prefix, or at the vendor's own host. */
  signed?: string;
}

/** What the log says about an answer; it is never sent. */
export interface Note {
  contract?: string;
  call?: string;
  reason?: string;
  world?: string;
  /** The row of the behaviour table that decided: `stopServer/locked`. */
  row?: string;
}

export interface MockAnswer {
  status: number;
  headers: Record<string, string>;
  /** Empty where the answer has none. */
  body: string | Uint8Array;
  note?: Note;
  /** Milliseconds that the door waits before it sends. */
  delay?: number;
  /** The door breaks the connection instead of answering. */
  drop?: true;
}

export interface Engine {
  /** Never throws for what a client sent: bad input gets an answer. At once where state is in memory and the engine is compiled. */
  respond(request: MockRequest): Maybe<MockAnswer>;
  /** How many bytes of body this request may have; a door stops reading there. */
  bodyLimit(request: MockRequest): number;
}

/** What the mock needs to know of a contract. */
export interface Contract {
  /** `samsung-virtualserver@v1.2` */
  key: string;
  api: string;
  version: string;
  /** The bundle, parsed when it is first looked at. */
  readonly document: Obj;
  /** The table of openapi/<api>/behaviour.yaml for this version; without one every request gets its success answer. */
  readonly behaviour?: Behaviour | undefined;
  /** The validators that were compiled with the bundle, for the compiled engine. */
  readonly validators?: Validators | undefined;
}

/** A request that found its operation and whose body could be read, in the terms of the contract. */
export interface ParsedRequest {
  /** Path parameters, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string>;
  /** The media type of the contract that the body is taken as. */
  mediaType?: string | undefined;
  body?: unknown;
  /** Bytes of the body, 0 where there is none. */
  length: number;
}

export interface Violation {
  where: "body" | "header" | "path" | "query" | "request";
  /** Steps below `where`: `["reboot", "type"]`. */
  path: string[];
  message: string;
}

/** Exactly one documented answer. */
export interface Wish {
  status: string;
  /** Undefined where the answer has no body. */
  mediaType?: string;
  example?: string;
  /** Make a body up from the schema instead of taking an example. */
  dynamic?: boolean;
}

export interface OperationKey {
  method: Method;
  /** The key under `paths`. */
  path: string;
}

/**
 * What a library does for us with one contract. Checking and rendering are two steps, so that something may decide in between which
 * documented answer it is: Prefer, or the state.
 */
export interface Backend {
  check(operation: OperationKey, request: ParsedRequest): Maybe<Violation[]>;
  /** Gives the documented example itself, not a copy: whoever changes it clones it first. */
  render(operation: OperationKey, wish: Wish): Maybe<{ headers: Record<string, string>; body: unknown }>;
}

export type BackendFactory = (contract: Contract) => Backend;
