/**
 * The values of `format` that the mock knows. Generated validators ask for them by name, through the shim in helpers.ts; a format that is
 * not here stops `generate`. RFC 3339 for times, RFC 9562 for uuid, RFC 1123 for host names, OpenAPI's registry for the rest.
 */
import { isIpv4, isIpv6 } from "./formats-address.ts";
import { isDate, isDateTime, isTime } from "./formats-time.ts";
import { isUri, isUriReference } from "./formats-uri.ts";

/** As Ajv takes it: a pattern, a function of a text, a function of a number, or `true` where there is nothing to check. */
export type Format = RegExp | ((text: string) => boolean) | { type: "number"; validate: (value: number) => boolean } | true;

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** At most 253 characters without the root's dot, labels of at most 63. */
export function isHostname(text: string): boolean {
  const name = text.replace(/\.$/, "");
  return name.length <= 253 && name.split(".").every((label) => LABEL.test(label));
}

const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;

/** `local@domain`, the domain of at least two labels. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  const domain = text.slice(at + 1);
  return at > 0 && LOCAL.test(text.slice(0, at)) && domain.includes(".") && !domain.endsWith(".") && isHostname(domain);
}

const whole = (lowest: number, highest: number): Format => ({
  type: "number",
  validate: (value) => Number.isInteger(value) && value >= lowest && value <= highest,
});

const anyNumber: Format = { type: "number", validate: () => true };

export const FORMATS: { readonly [name: string]: Format } = {
  date: isDate,
  time: isTime,
  "date-time": isDateTime,
  uuid: /^(urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  uri: isUri,
  "uri-reference": isUriReference,
  ipv4: isIpv4,
  ipv6: isIpv6,
  hostname: isHostname,
  email: isEmail,
  int32: whole(-(2 ** 31), 2 ** 31 - 1),
  // Beyond 2^53 JavaScript cannot tell one integer from the next: all of them pass.
  int64: whole(-Infinity, Infinity),
  float: anyNumber,
  double: anyNumber,
  byte: /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  password: true,
  binary: true,
};
