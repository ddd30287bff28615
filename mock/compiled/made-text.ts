/** Texts that are made up: by format, by pattern, or a word. */
import type { Obj } from "../../scripts/document.ts";
import { textFor } from "./pattern.ts";
import type { Random } from "./random.ts";

const HEX = "0123456789abcdef";
const WORDS = [
  "amber",
  "birch",
  "cedar",
  "delta",
  "ember",
  "fjord",
  "grove",
  "harbor",
  "iris",
  "juniper",
  "kelp",
  "lotus",
  "maple",
  "north",
];

/** Between 2024 and 2026, to the second. */
const instant = (random: Random): string =>
  new Date(
    Date.UTC(
      random.whole(2024, 2026),
      random.whole(0, 11),
      random.whole(1, 28),
      random.whole(0, 23),
      random.whole(0, 59),
      random.whole(0, 59),
    ),
  )
    .toISOString()
    .replace(".000Z", "Z");

const uuid = (random: Random): string =>
  `${random.text(HEX, 8)}-${random.text(HEX, 4)}-4${random.text(HEX, 3)}-${random.text("89ab", 1)}${random.text(HEX, 3)}-${random.text(HEX, 12)}`;

/** The blocks that are set aside for documentation (RFC 5737, RFC 3849, RFC 2606). */
const BY_FORMAT: { [format: string]: (random: Random) => string } = {
  "date-time": instant,
  date: (random) => instant(random).slice(0, 10),
  time: (random) => instant(random).slice(11),
  uuid,
  uri: (random) => `https://${random.pick(WORDS)}.example.com/${random.pick(WORDS)}`,
  "uri-reference": (random) => `/${random.pick(WORDS)}/${random.pick(WORDS)}`,
  ipv4: (random) => `192.0.2.${random.whole(1, 254)}`,
  ipv6: (random) => `2001:db8::${random.whole(1, 0xffff).toString(16)}`,
  hostname: (random) => `${random.pick(WORDS)}.example.com`,
  email: (random) => `${random.pick(WORDS)}@example.com`,
  byte: (random) => btoa(random.pick(WORDS)),
};

/** What a pattern often means: tried before a text is put together letter by letter, which would give the 99th of a month. */
const USUAL: ((random: Random) => string)[] = [
  instant,
  (random) => instant(random).replace("Z", ""),
  (random) => instant(random).replace("Z", ".000000"),
  ...["uuid", "ipv4"].flatMap((name) => BY_FORMAT[name] ?? []),
  (random) => random.pick(WORDS),
];

function word(random: Random, least: number, most: number): string {
  let text = random.pick(WORDS);
  while (text.length < least) text += `-${random.pick(WORDS)}`;
  return text.slice(0, Math.max(most, 0));
}

/**
 * @param schema of a text
 * @param takes whether the schema takes a text
 * @returns a text that the schema takes, or undefined where none was found
 */
export function makeText(schema: Obj, random: Random, takes: (text: string) => boolean): string | undefined {
  const { format, pattern, minLength = 0, maxLength = Infinity } = schema;
  const candidates: (() => string | undefined)[] = [];
  const byFormat = BY_FORMAT[String(format)];
  if (byFormat) candidates.push(() => byFormat(random));
  if (typeof pattern === "string") {
    candidates.push(...USUAL.map((make) => () => make(random)));
    const written = (): string | undefined => textFor(pattern, random);
    // `^req-` says how a text begins: something follows.
    if (!pattern.endsWith("$")) candidates.push(() => `${written() ?? ""}${random.pick(WORDS)}`);
    // More than once: the choices of one attempt may be too short or too long.
    candidates.push(...Array<typeof written>(5).fill(written));
  }
  candidates.push(() => word(random, Number(minLength), Number(maxLength)));
  for (const candidate of candidates) {
    const text = candidate();
    if (text !== undefined && takes(text)) return text;
  }
  return undefined;
}
