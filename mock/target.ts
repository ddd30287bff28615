/** The request target, taken apart by hand: `new URL` would repair what has to be refused, and read `//x` as a host. */

export interface Target {
  /** Percent-encoded, as it came. */
  path: string;
  /** Decoded; `/a/b` is `["a", "b"]`, `/` is `[""]`. */
  segments: string[];
  query: URLSearchParams;
  /** Why no route can have this path. */
  broken?: string;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function findFault(segments: (string | undefined)[]): string | undefined {
  for (const segment of segments) {
    if (segment === undefined) return "The path has a broken percent-encoding";
    if (/\p{Cc}/u.test(segment)) return "The path has a control character in it";
    if (segment === "." || segment === "..") return "The path has a dot segment in it";
  }
  return undefined;
}

/** @param url what stands in the request line: usually `/path?query`, from a proxy an absolute URL */
export function parseTarget(url: string): Target {
  const local = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").replace(/#.*$/s, "");
  const mark = local.indexOf("?");
  const path = (mark < 0 ? local : local.slice(0, mark)) || "/";
  const segments = path.replace(/^\//, "").split("/").map(decode);
  const broken = path.startsWith("/") ? findFault(segments) : "The path does not begin with a slash";
  return {
    path,
    segments: segments.map((segment) => segment ?? ""),
    query: new URLSearchParams(mark < 0 ? "" : local.slice(mark + 1)),
    ...(broken !== undefined && { broken }),
  };
}

/** The same target below its first segment: `/api/v1/x` becomes `/v1/x`, `/api` becomes `/`. */
export function below(target: Target): Target {
  const rest = target.segments.slice(1);
  return { ...target, path: target.path.replace(/^\/[^/]*/, "") || "/", segments: rest.length > 0 ? rest : [""] };
}

const NO_QUERY = new URLSearchParams();

/** A target whose path needs no decoding; what only an error message asks for is made when it does. */
class QuickTarget implements Target {
  readonly #url: string;
  readonly #below: number;
  readonly query: URLSearchParams;

  constructor(url: string, depth: number) {
    const mark = url.indexOf("?");
    this.#url = mark < 0 ? url : url.slice(0, mark);
    this.#below = depth;
    this.query = mark < 0 || mark === url.length - 1 ? NO_QUERY : new URLSearchParams(url.slice(mark + 1).replace(/#.*$/s, ""));
  }

  get segments(): string[] {
    return this.#url.slice(1).split("/").slice(this.#below);
  }

  get path(): string {
    return `/${this.segments.join("/")}`;
  }
}

/**
 * @param url of a request that the router has found: no escapes, no dot segments
 * @param depth how many segments at the front are not the vendor's
 */
export const quickTarget = (url: string, depth: number): Target => new QuickTarget(url, depth);
