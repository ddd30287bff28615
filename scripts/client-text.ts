/** Pieces of generated TypeScript. */

export const quote = (value: unknown): string => JSON.stringify(value);

/** An object literal as a person would write it. */
export const literal = (value: Record<string, unknown>): string =>
  `{ ${Object.entries(value)
    .map(([key, item]) => `${key}: ${quote(item)}`)
    .join(", ")} }`;

export const union = (members: string[]): string => (members.length === 0 ? "never" : members.join(" | "));

/** Words of a contract as a JSDoc comment. */
export const docComment = (lines: string[]): string =>
  ["/**", ...lines.map((line) => ` * ${line.replaceAll("*/", "*\\/")}`.trimEnd()), " */"].join("\n");
