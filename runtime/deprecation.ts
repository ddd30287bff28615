/** Telling a program that the version it speaks is ending: RFC 9745 (`Deprecation`), RFC 8594 (`Sunset`), and the contract's own dates. */

/** What the hook `onDeprecated` is told. */
export interface Deprecated {
  /** `samsung-virtualserver@v1.3` */
  contract: string;
  /** The version that is spoken, as its vendor writes it: `1.2`. */
  version: string;
  /** Until when the version is promised, where the answer or the contract says it. */
  sunset: Date | undefined;
  /** Since when it is deprecated, where the answer says it. */
  deprecation: Date | undefined;
  /** The answer that said it, or the first one after the date. Its body is for the call, which may have read it already. */
  response: Response;
  /** The call that was answered, such as `lockServer`. */
  call: string;
}

const dateOf = (milliseconds: number): Date | undefined => (Number.isNaN(milliseconds) ? undefined : new Date(milliseconds));
const parsed = (text: string | null | undefined): Date | undefined => dateOf(Date.parse(text ?? ""));

/**
 * @param headers of an answer
 * @param end until when the contract promises the version (`2026-08-31`), where it has a date
 * @param now milliseconds since the epoch
 * @returns the two dates where the version is deprecated or has ended; undefined where neither is so yet
 */
export function readDeprecation(
  headers: Headers,
  end: string | undefined,
  now: number,
): Pick<Deprecated, "sunset" | "deprecation"> | undefined {
  const said = headers.get("Deprecation");
  // A date of RFC 9745 is `@` and seconds; drafts of it had `true`, or a date as HTTP writes it.
  const deprecation = said?.startsWith("@") ? dateOf(Number(said.slice(1)) * 1000) : parsed(said);
  const sunset = parsed(headers.get("Sunset")) ?? parsed(end);
  const begun = said !== null && !(deprecation && deprecation.getTime() > now);
  return begun || (sunset && sunset.getTime() <= now) ? { sunset, deprecation } : undefined;
}
