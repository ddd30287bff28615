/** Where a seed file is wrong, in a sentence. */
const FORM = "see docs/mock.md for the form of a seed file";

export class SeedError extends Error {
  override name = "SeedError";
  /** The way to the member, for whoever knows lines. */
  readonly path: string[];
  readonly what: string;
  readonly fix: string;

  /**
   * @param what what is wrong, without a full stop
   * @param fix what to do about it, without a full stop
   */
  constructor(path: string[], what: string, fix: string = FORM) {
    super(`${what}: ${fix}`);
    this.path = path;
    this.what = what;
    this.fix = fix;
  }
}

export function refuseUnknown(value: object, known: string[], path: string[]): void {
  for (const name of Object.keys(value))
    if (!known.includes(name))
      throw new SeedError([...path, name], `${path.join(".") || "A seed file"} has no member ${name}`, `choose from ${known.join(", ")}`);
}

/** YAML takes `7461` for a number, and `yes` for text. */
export const quoted = (value: unknown): string | undefined =>
  typeof value === "number" || typeof value === "boolean" ? `quote it, as in "${value}"` : undefined;
