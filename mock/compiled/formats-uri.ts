/** URIs of RFC 3986. Taken apart first, then each part is looked at for characters that cannot stand in it. */
import { isIpv6 } from "./formats-address.ts";

/** The five parts; every text has them, which is why the parts are checked. */
const PARTS = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/;

const SCHEME = /^[a-z][a-z0-9+.-]*$/i;
/** Unreserved, sub-delims, and percent-encoded; each part adds a few. */
const chars = (more: string): RegExp => new RegExp(`^(?:[\\w.~!$&'()*+,;=${more}-]|%[0-9a-f]{2})*$`, "i");
const USER = chars(":");
const NAME = chars("");
const PATH = chars(":@/");
const TAIL = chars(":@/?");

function isAuthority(text: string): boolean {
  const at = text.lastIndexOf("@");
  if (at >= 0 && !USER.test(text.slice(0, at))) return false;
  const host = text.slice(at + 1).replace(/:\d*$/, "");
  if (host.startsWith("[")) return host.endsWith("]") && isIpv6(host.slice(1, -1));
  return NAME.test(host);
}

function isReference(text: string, absolute: boolean): boolean {
  const found = PARTS.exec(text);
  if (!found) return false;
  const [, scheme, authority, path = "", query = "", fragment = ""] = found;
  if (scheme === undefined ? absolute : !SCHEME.test(scheme)) return false;
  if (authority !== undefined && !isAuthority(authority)) return false;
  return PATH.test(path) && TAIL.test(query) && TAIL.test(fragment);
}

/** With a scheme. */
export const isUri = (text: string): boolean => isReference(text, true);

/** With or without one. */
export const isUriReference = (text: string): boolean => isReference(text, false);
