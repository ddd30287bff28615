/** What is wrong with a control request, on its way to the one place that answers it. */
import type { Json } from "../state/types.ts";

export class Mistake extends Error {
  override name = "Mistake";
  readonly status: number;
  /** Members of the problem beside the four of RFC 9457. */
  readonly extra: Record<string, unknown>;
  readonly headers: Record<string, string>;

  /**
   * @param status of the answer
   * @param sentence what is wrong, what to do
   * @param extra members of the problem
   * @param headers to add to the answer
   */
  constructor(status: number, sentence: string, extra: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
    super(sentence);
    this.status = status;
    this.extra = extra;
    this.headers = headers;
  }
}

/** How many choices a sentence names; the problem's `possible` has them all. */
const NAMED = 12;

/** The sentence with what is possible: the first choices, and how many more there are. */
function withChoices(sentence: string, possible: string[] | undefined): string {
  if (!possible) return sentence;
  if (possible.length === 0) return `${sentence}: there is none`;
  const more = possible.length > NAMED ? ` and ${possible.length - NAMED} more` : "";
  return `${sentence}: choose from ${possible.slice(0, NAMED).join(", ")}${more}`;
}

/** A name of megabytes is not sent back. */
const pointerTo = (at: string): { pointer?: string } => (at.length <= 500 ? { pointer: at } : {});

/**
 * Refuses a member of the body.
 * @param at JSON pointer to it, empty for the body itself
 * @param sentence what is wrong with it
 * @param possible names that could stand there instead
 * @throws Mistake with 400, always
 */
export function refuse(at: string, sentence: string, possible?: string[]): never {
  throw new Mistake(400, withChoices(sentence, possible), { ...pointerTo(at), ...(possible && { possible }) });
}

/** `refuse`, for a value that is none of those it can be: the sentence has them as JSON writes them. */
export function refuseValue(at: string, sentence: string, possible: Json[]): never {
  const written = possible.map((value) => JSON.stringify(value));
  throw new Mistake(400, withChoices(sentence, written), { ...pointerTo(at), possible });
}

/**
 * @param sentence what is not there
 * @param possible what there is instead
 * @throws Mistake with 404, always
 */
export function missing(sentence: string, possible?: string[]): never {
  throw new Mistake(404, withChoices(sentence, possible), { ...(possible && { possible }) });
}
