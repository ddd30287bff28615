/** The shapes that error bodies in JSON have, one reader each. */
import { isObject, itemsOf, memberOf, namesOf, textOf } from "./safe.ts";

export type Vendor = "huawei" | "samsung" | "oracle" | "unknown";

/** What a body says by itself. */
export interface Words {
  vendor: Vendor;
  code?: string | undefined;
  message?: string | undefined;
  requestId?: string | undefined;
  /** As it stands in the body. */
  retryAfter?: string | undefined;
}

type Reader = (body: object) => Words | undefined;

/** Nobody reads more sentences than that. */
const MOST = 20;
const join = (sentences: (string | undefined)[]): string => sentences.filter(Boolean).join("; ");

/** `{ "error": { "code": "Ecs.0605", "message" } }`, and Keystone's, whose code is the status and whose title is the word for it. */
const vendorError: Reader = (body) => {
  const error = memberOf(body, "error");
  const [message, number] = [textOf(error, "message"), memberOf(error, "code")];
  const code = (typeof number === "number" ? textOf(error, "title") : undefined) ?? textOf(error, "code");
  return message === undefined && code === undefined ? undefined : { vendor: "huawei", code, message };
};

/** The gateway's: `{ "error_code": "APIGW.0301", "error_msg", "request_id" }`. */
const gateway: Reader = (body) => {
  const message = textOf(body, "error_msg");
  return message === undefined
    ? undefined
    : { vendor: "huawei", code: textOf(body, "error_code"), message, requestId: textOf(body, "request_id") };
};

/** A fault of OpenStack's: its name is the key, `{ "conflictingRequest": { "code": 409, "message" } }`. The name says more than the number. */
const nativeFault: Reader = (body) => {
  const [name = ""] = namesOf(body);
  const fault = memberOf(body, name);
  const message = textOf(fault, "message");
  if (message === undefined || typeof memberOf(fault, "code") !== "number") return undefined;
  return { vendor: "huawei", code: name, message, retryAfter: textOf(fault, "retryAfter") };
};

/** OpenStack's 404 for a route: `{ "message", "code": "404 Not Found", "title": "Not Found" }`. */
const nativeRoute: Reader = (body) => {
  const [code, title] = [textOf(body, "code"), textOf(body, "title")];
  return code && title && /^\d{3} /.test(code) ? { vendor: "huawei", code: title, message: textOf(body, "message") } : undefined;
};

/** Samsung's: `{ "errors": [{ "code", "title", "detail", "request_id" }] }`; `detail` is a text or a list of them. */
const errorList: Reader = (body) => {
  const errors = itemsOf(memberOf(body, "errors"), MOST);
  if (!errors?.some(isObject)) return undefined;
  const sentences = errors.map((error) => {
    const list = itemsOf(memberOf(error, "detail"), MOST);
    const detail = list ? join(list.map((_, at) => textOf(list, at))) : textOf(error, "detail");
    return detail || textOf(memberOf(error, "response"), "message") || textOf(error, "title");
  });
  return { vendor: "samsung", code: textOf(errors[0], "code"), message: join(sentences), requestId: textOf(errors[0], "request_id") };
};

/** What Samsung's SDK declares for 400: `[{ "loc": ["body", "name"], "msg", "type_" }]`. */
const validationList: Reader = (body) => {
  const items = itemsOf(body, MOST);
  if (!items?.some((item) => textOf(item, "msg") !== undefined)) return undefined;
  const sentences = items.map((item) => {
    const place = itemsOf(memberOf(item, "loc"), MOST);
    const where = (place ?? []).map((_, at) => textOf(place, at) ?? "").join(".");
    return [where, textOf(item, "msg")].filter(Boolean).join(": ");
  });
  return { vendor: "samsung", code: textOf(items[0], "type_"), message: join(sentences) };
};

/** Samsung's gateway: `{ "status": "UNAUTHORIZED", "name", "message" }`. */
const samsungGateway: Reader = (body) => {
  const [status, name] = [memberOf(body, "status"), textOf(body, "name")];
  if (typeof status !== "string" || name === undefined) return undefined;
  return { vendor: "samsung", code: status, message: textOf(body, "message") || name };
};

/** Samsung's gateway where no route is: `{ "timestamp", "path", "status": 404, "error": "Not Found", "requestId" }`. */
const samsungRoute: Reader = (body) => {
  const [path, error] = [textOf(body, "path"), textOf(body, "error")];
  if (path === undefined || error === undefined) return undefined;
  return { vendor: "samsung", code: error, message: textOf(body, "message") || `${error}: ${path}`, requestId: textOf(body, "requestId") };
};

/** Nobody's in particular: a problem of RFC 9457, an error of a proxy. */
const anybody: Reader = (body) => {
  const message = ["message", "detail", "error_description", "error", "msg", "title"].map((name) => textOf(body, name)).find(Boolean);
  return message === undefined ? undefined : { vendor: "unknown", code: textOf(body, "code") ?? textOf(body, "title"), message };
};

/** The shapes that also come with a status of success: 202 with Common.0024. */
const ON_SUCCESS = [vendorError, gateway];
const ON_FAILURE = [validationList, errorList, ...ON_SUCCESS, samsungRoute, samsungGateway, nativeRoute, nativeFault, anybody];

/**
 * @param body parsed JSON, or anything
 * @param success whether the status says that all went well
 */
export function readBody(body: unknown, success: boolean): Words | undefined {
  if (!isObject(body)) return undefined;
  for (const read of success ? ON_SUCCESS : ON_FAILURE) {
    const words = read(body);
    if (words) return words;
  }
  return undefined;
}
