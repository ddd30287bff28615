/** An operation taken apart once, so that a request only runs what is left to decide. */
import type { Call } from "../scripts/calls.ts";
import type { Obj } from "../scripts/document.ts";
import { compileBody, type ReadBody } from "./body.ts";
import { compileCredentials, credentialHeaders, type Presented } from "./credentials.ts";
import { Refusal } from "./refusal.ts";
import type { Route } from "./routes.ts";
import type { MockRequest, OperationKey } from "./types.ts";

export interface Operation extends OperationKey {
  calls: [Call, ...Call[]];
  operation: Obj;
  refuses(presented: Presented): Refusal | undefined;
  read(request: MockRequest): ReadBody;
  /** Names of the headers (lower case) that carry credentials. */
  credentials: Set<string>;
}

export interface Operations {
  get(method: string): Operation | undefined;
  /** What a 405 lists. */
  allow: string;
}

function compile(document: Obj, calls: [Call, ...Call[]]): Operation {
  const { method, path, operation } = calls[0];
  return {
    method,
    path,
    calls,
    operation,
    refuses: compileCredentials(document, operation),
    read: compileBody(document, operation),
    credentials: credentialHeaders(document, operation),
  };
}

/** The operations of a route by method; HEAD is GET whose body stays at home (RFC 9110, 9.3.2). */
export function compileOperations(document: Obj, route: Route): Operations {
  const operations = new Map<string, Operation>();
  for (const [method, [first, ...others]] of route.calls) {
    if (!first) continue;
    const compiled = compile(document, [first, ...others]);
    operations.set(method.toUpperCase(), compiled);
    if (method === "get" && !route.calls.has("head")) operations.set("HEAD", compiled);
  }
  return { get: (method) => operations.get(method), allow: [...operations.keys()].join(", ") };
}

/** @throws Refusal when no call stands there */
export function findOperation(operations: Operations, method: string): Operation {
  const found = operations.get(method);
  if (found) return found;
  throw new Refusal("methodNotAllowed", `${method} is not possible here: use ${operations.allow}`, { allow: operations.allow });
}
