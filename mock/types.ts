/** The words of the mock: `respond(request) -> answer` is an engine, everything else is a door to it (DESIGN section 6). */
import type { Method, Obj } from "../scripts/document.ts";

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
}

/** What the log says about an answer; it is never sent. */
export interface Note {
  contract?: string;
  call?: string;
  reason?: string;
}

export interface MockAnswer {
  status: number;
  headers: Record<string, string>;
  /** Empty where the answer has none. */
  body: string | Uint8Array;
  note?: Note;
}

export interface Engine {
  /** Never throws for what a client sent: bad input gets an answer. */
  respond(request: MockRequest): Promise<MockAnswer>;
  /** How many bytes of body this request may have; a door stops reading there. */
  bodyLimit(request: MockRequest): number;
}

/** What the mock needs to know of a contract. */
export interface Contract {
  /** `samsung-virtualserver@v1.2` */
  key: string;
  api: string;
  version: string;
  /** The bundle, parsed; `loadContracts` parses it when it is first looked at. */
  readonly document: Obj;
}

/** A request that found its operation and whose body could be read, in the terms of the contract. */
export interface ParsedRequest {
  /** Path parameters, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string>;
  /** The media type of the contract that the body is taken as. */
  mediaType?: string;
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
 * documented answer it is (Prefer today, state later).
 */
export interface Backend {
  check(operation: OperationKey, request: ParsedRequest): Promise<Violation[]>;
  render(operation: OperationKey, wish: Wish): Promise<{ headers: Record<string, string>; body: unknown }>;
}

export type BackendFactory = (document: Obj) => Backend;
