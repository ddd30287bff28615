/** The types between a contract and its functions: what a call takes, and what it answers. Nothing of this file ships as code. */

/** The parameters in one place; an empty object where the call has none. */
type Located<Operation, Place extends string> = Operation extends { parameters: infer Parameters }
  ? Place extends keyof Parameters
    ? [NonNullable<Parameters[Place]>] extends [never]
      ? object
      : NonNullable<Parameters[Place]>
    : object
  : object;
type Field<Name extends string, Value> = [keyof Value] extends [never]
  ? object
  : object extends Value
    ? { [Key in Name]?: Value }
    : { [Key in Name]: Value };

type RequestBody<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? { body: Content[keyof Content] }
  : Operation extends { requestBody?: { content: infer Content } }
    ? { body?: Content[keyof Content] }
    : object;
type ActionBody<Action> = { [Key in keyof Action as null extends Action[Key] ? Key : never]?: Action[Key] } & {
  [Key in keyof Action as null extends Action[Key] ? never : Key]: Action[Key];
};

type Everywhere<Operation, Pinned extends string> = Located<Operation, "path"> &
  Field<"query", Located<Operation, "query">> &
  Field<"header", Omit<Located<Operation, "header">, Pinned>>;
/** Where there is nothing to give, nothing is accepted; `object` would take anything. */
type OrNothing<Given> = [keyof Given] extends [never] ? Record<string, never> : unknown;

/** Path parameters flat; `query` and `header` where the call has any; pinned headers are not asked for. */
export type Parameters<Operation, Pinned extends string = never> = Everywhere<Operation, Pinned> & OrNothing<Everywhere<Operation, Pinned>>;
/** `Parameters` and the request body as `body`. */
export type BodyParameters<Operation, Pinned extends string = never> = Everywhere<Operation, Pinned> & RequestBody<Operation>;
/** `Parameters` and the action's value under its wire key. */
export type ActionParameters<Operation, Action, Pinned extends string = never> = Everywhere<Operation, Pinned> & ActionBody<Action>;

type Soft<Header, Pinned extends string> = Omit<Header, Pinned> & { [Name in Extract<Pinned, keyof Header>]?: Header[Name] };
type WithoutHeader<Operation> = {
  [Key in keyof Operation]: Key extends "parameters" ? Omit<Operation[Key], "header"> : Operation[Key];
};
type SoftCall<Operation, Pinned extends string> = Operation extends { parameters: { header: infer Header } }
  ? WithoutHeader<Operation> & { parameters: Field<"header", Soft<Header, Pinned>> }
  : Operation;
/** Paths as openapi-fetch's methods take them, where a header that the client sends by itself may be given and need not be. */
export type Unpinned<Paths, Pinned extends string> = {
  [Path in keyof Paths]: { [Method in keyof Paths[Path]]: SoftCall<Paths[Path][Method], Pinned> };
};

type ResponseBody<Operation, Status> = Operation extends { responses: infer Responses }
  ? Status extends keyof Responses
    ? Responses[Status] extends { content: infer Content }
      ? Content[keyof Content]
      : undefined
    : undefined
  : undefined;
type Success<Operation, Status> = Status extends unknown
  ? { status: Status; data: ResponseBody<Operation, Status>; error?: undefined; response: Response }
  : never;
type Empty<Status> = Status extends unknown ? { status: Status; data?: undefined; error?: undefined; response: Response } : never;
type Failure<Operation, Status> = Status extends unknown
  ? { status: Status; data?: undefined; error: ResponseBody<Operation, Status>; response: Response }
  : never;

/**
 * The answer of a call, one member per documented status: `if (result.status === 409) result.error…` narrows. What stands between you and the vendor
 * may answer anything: `response.status` is any number, and `readFault(result)` reads whatever body came.
 * @typeParam Ok statuses with a body, @typeParam Bare successes without one, @typeParam Failed documented errors
 */
export type Result<Operation, Ok, Bare, Failed> = Success<Operation, Ok> | Empty<Bare> | Failure<Operation, Failed>;
