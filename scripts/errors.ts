/** Errors for people: one sentence that says what is wrong, where, and what to do. */

export interface Place {
  /** Path relative to the repository. */
  file: string;
  /** 1-based. */
  line?: number;
  column?: number;
}

/** A mistake in what somebody wrote, as opposed to a defect of ours: printed without a stack. */
export class LatchError extends Error {
  override name = "LatchError";
  readonly place: Place | undefined;
  readonly fix: string;

  /**
   * @param what what is wrong, without a full stop
   * @param fix what to do about it, without a full stop
   * @param place where it is wrong
   */
  constructor(what: string, fix: string, place?: Place) {
    super(what);
    this.fix = fix;
    this.place = place;
  }
}

export const formatPlace = (place: Place): string =>
  [place.file, place.line, place.line === undefined ? undefined : place.column].filter((part) => part !== undefined).join(":");

/** `openapi/x/v1.yaml:12: The server has no description: add one.` */
export function formatError(error: LatchError): string {
  const where = error.place ? `${formatPlace(error.place)}: ` : "";
  const trim = (text: string): string => text.trim().replace(/\s+/g, " ").replace(/\.$/, "");
  return `${where}${trim(error.message)}: ${trim(error.fix)}.`;
}
