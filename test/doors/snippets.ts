/** The snippets of a page of ours, each named by the comment in its first line, and a way to run them as a reader would. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown, type Plugin } from "rolldown";
import { ROOT } from "../../scripts/root.ts";

/** What the package's `exports` say, as sources. */
const SOURCES: [RegExp, string][] = [
  [/^latch\/mock$/, "mock/fetch.ts"],
  [/^latch\/msw$/, "mock/msw.ts"],
  [/^latch\/browser$/, "mock/browser/page.ts"],
  [/^latch\/worker$/, "mock/browser/worker.ts"],
  [/^latch\/(.+)\/mock$/, "generated/$1/mock.js"],
  [/^latch\/(.+)$/, "generated/$1/client.ts"],
];

/** The paths of a compiler, for the same. */
export const PATHS = Object.fromEntries(
  SOURCES.map(([pattern, file]) => [
    pattern.source
      .replace(/^\^|\$$/g, "")
      .replaceAll("\\/", "/")
      .replace("(.+)", "*"),
    [join(ROOT, file.replace("$1", "*").replace(/mock\.js$/, "mock.d.ts"))],
  ]),
);

const resolveLatch: Plugin = {
  name: "latch",
  resolveId(id) {
    const [pattern, file] = SOURCES.find(([wanted]) => wanted.test(id)) ?? [];
    return pattern && file ? join(ROOT, id.replace(pattern, file)) : null;
  },
};

/** Every fenced block of code of a document: its language, and its text. */
export const blocksOf = (document: string): { language: string; text: string }[] =>
  [...readFileSync(join(ROOT, document), "utf8").matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", text = ""]) => ({
    language,
    text,
  }));

/** @returns snippets by the name that their first line gives, `// main.ts` */
export const namedBlocks = (document: string): Map<string, string> =>
  new Map(blocksOf(document).flatMap(({ text }) => [...text.matchAll(/^\/\/ (\S+\.[jt]s)\n/g)].map(([, name = ""]) => [name, text])));

const WAYS = {
  /** For Node, in which packages are found. */
  test: { platform: "node", format: "esm", external: ["vitest", /^msw/] },
  /** A module for a page; what it exports is left in the global `left`. */
  page: { platform: "browser", format: "esm", external: [] },
  /** A classic script for a service worker. */
  worker: { platform: "browser", format: "iife", external: [] },
} as const;

/** @param name of the snippet, for its language */
export async function bundleSnippet(name: string, text: string, way: keyof typeof WAYS): Promise<string> {
  const id = join(ROOT, "snippet", name);
  const entry: Plugin = {
    name: "snippet",
    resolveId: (wanted) => (wanted === id ? id : null),
    load: (wanted) => (wanted === id ? text : null),
  };
  const { platform, format, external } = WAYS[way];
  const built = await rolldown({ input: id, cwd: ROOT, platform, external: [...external], plugins: [entry, resolveLatch] });
  const { output } = await built.generate({ format, codeSplitting: false });
  await built.close();
  const leave = (_: string, names: string): string => `globalThis.left = {${names.replace(/(\S+) as (\S+)/g, "$2: $1")}};`;
  return way === "page" ? output[0].code.replace(/^export \{([^}]*)\};?$/m, leave) : output[0].code;
}

/** A place below the repository, so that what is written there finds the packages. */
export function workshop(): { folder: string; write(name: string, text: string): string; remove(): void } {
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, ".cache/snippets-"));
  return {
    folder,
    write(name, text) {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
