/** IP addresses as text. */

const BYTE = /^(0|[1-9]\d{0,2})$/;

/** Four decimal numbers up to 255 without leading zeros (RFC 2673, section 3.2). */
export function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => BYTE.test(part) && Number(part) <= 255);
}

const GROUP = /^[0-9a-f]{1,4}$/i;

/** How many groups of 16 bits a text without `::` stands for; NaN where it is none. */
function countGroups(text: string, last: boolean): number {
  if (text === "") return 0;
  const parts = text.split(":");
  const tail = parts.at(-1) ?? "";
  const quad = last && tail.includes(".");
  if (quad && !isIpv4(tail)) return NaN;
  const groups = quad ? parts.slice(0, -1) : parts;
  return groups.every((group) => GROUP.test(group)) ? groups.length + (quad ? 2 : 0) : NaN;
}

/** RFC 4291, section 2.2: eight groups, one run of them may be `::`, the last two may be an IPv4 address. No zone. */
export function isIpv6(text: string): boolean {
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0) return false;
  if (tail === undefined) return countGroups(head, true) === 8;
  return countGroups(head, false) + countGroups(tail, true) <= 7;
}
