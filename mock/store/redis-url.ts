/** Where a Redis stands, and how that is said without its password. */
import { LatchError } from "../../scripts/errors.ts";

const FORM =
  "write it as redis://user:password@host:port/database, or rediss:// where it speaks TLS; user, password, port and database may be left out";

/**
 * @param url `redis://` or `rediss://`
 * @returns the same address for people: without password and query
 * @throws LatchError when it is not the address of a Redis; the password is not repeated
 */
export function nameOfRedis(url: string): string {
  // Up to the last @: what cannot be read as a URL may hold anything before it.
  const masked = url.replace(/\/\/.*@/s, "//…@");
  if (!URL.canParse(url)) throw new LatchError(`The store ${JSON.stringify(masked)} is not an address`, FORM);
  const { protocol, username, host, pathname } = new URL(url);
  if (protocol !== "redis:" && protocol !== "rediss:") throw new LatchError(`The store ${JSON.stringify(masked)} is not a Redis`, FORM);
  if (!/^(\/\d*)?$/.test(pathname)) throw new LatchError(`The store ${JSON.stringify(masked)} names a database that is no number`, FORM);
  return `${protocol}//${username && `${username}@`}${host}${pathname}`;
}
