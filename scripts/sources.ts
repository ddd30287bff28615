/** The one door to `openapi/`: Redocly lints and bundles the hand-written files. Every file is read and parsed once per run. */
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { BaseResolver, YamlParseError, bundle, getLineColLocation, lint, loadConfig, type NormalizedProblem } from "@redocly/openapi-core";
import { LineCounter, isMap, isSeq, parseDocument } from "yaml";
import { isObject, stringAt, type Obj } from "./document.ts";
import { LatchError, type Place } from "./errors.ts";
import { applyOverlay } from "./overlay.ts";
import type { Entry } from "./registry.ts";

/** One thing a linter found. */
export interface Finding {
  rule: string;
  severity: "error" | "warn";
  message: string;
  place: Place;
}

export interface Bundled {
  document: Obj;
  /** Paths of the files it was made from, relative to the repository; the root first. */
  files: string[];
}

export interface Sources {
  lint(entry: Entry): Promise<Finding[]>;
  bundle(entry: Entry): Promise<Bundled>;
}

function findingOf(root: string, problem: NormalizedProblem): Finding {
  const location = problem.location[0];
  const at = location ? getLineColLocation(location) : undefined;
  const file = location ? relative(root, location.source.absoluteRef) : "redocly.yaml";
  const hint = problem.suggest.length > 0 ? ` Did you mean ${problem.suggest[0]}?` : "";
  return {
    rule: problem.ruleId,
    severity: problem.severity,
    message: problem.message.split("\n")[0] + hint,
    place: { file, ...(at?.start && { line: at.start.line, column: at.start.col }) },
  };
}

/** Say what a parse error or a dangling reference means for the person who wrote it. */
function explain(root: string, problem: NormalizedProblem): LatchError {
  const { message, place } = findingOf(root, problem);
  const missing = /ENOENT.*'(.+)'/.exec(message)?.[1];
  if (missing)
    return new LatchError(
      `The reference names a file that does not exist, ${relative(root, missing)}`,
      "correct the path, or create the file",
      place,
    );
  return new LatchError(message, "correct the reference, or create the file it names", place);
}

async function readOverlay(root: string, file: string): Promise<{ overlay: Obj; line: (action: number) => number }> {
  const lines = new LineCounter();
  const document = parseDocument(await readFile(join(root, file), "utf8"), { lineCounter: lines });
  const broken = document.errors[0];
  if (broken)
    throw new LatchError(broken.message.split("\n")[0] ?? "Not YAML", "mend the YAML", { file, line: broken.linePos?.[0].line ?? 1 });
  const overlay: unknown = document.toJS();
  if (!isObject(overlay)) throw new LatchError("The overlay is not an object", "write an Overlay 1.0 document", { file, line: 1 });
  const actions = document.get("actions");
  const line = (index: number): number => {
    const item = isSeq(actions) ? actions.items[index] : undefined;
    return isMap(item) && item.range ? lines.linePos(item.range[0]).line : 1;
  };
  return { overlay, line };
}

/**
 * @param root absolute path of a repository with `redocly.yaml` and `openapi/`
 * @throws LatchError from `bundle` on bad YAML, a dangling reference or an overlay that selects nothing
 */
export async function openSources(root: string): Promise<Sources> {
  const config = await loadConfig({ configPath: join(root, "redocly.yaml") });
  const reader = new BaseResolver(config.resolve);

  const bundleRoot = async (file: string): Promise<Bundled> => {
    // A reader of its own: bundling rewrites the references inside the reader's cache, which the versions of an API share.
    const result = await bundle({ ref: join(root, file), config, externalRefResolver: new BaseResolver(config.resolve) }).catch(
      (error: unknown) => {
        if (!(error instanceof YamlParseError)) throw error;
        throw new LatchError(error.message.replace(/\s*\(\d+:\d+\)$/, ""), "mend the YAML", {
          file: relative(root, error.source.absoluteRef),
          line: error.line,
          column: error.col,
        });
      },
    );
    const problem = result.problems.find(({ severity }) => severity === "error");
    if (problem) throw explain(root, problem);
    if (!isObject(result.bundle.parsed))
      throw new LatchError("The root is not an object", "write an OpenAPI 3.1 document", { file, line: 1 });
    return {
      document: result.bundle.parsed,
      files: [...new Set([file, ...[...result.fileDependencies].map((path) => relative(root, path))])],
    };
  };

  return {
    async lint(entry) {
      const problems = await lint({ ref: join(root, entry.root), config: config.forAlias(entry.key), externalRefResolver: reader });
      return problems.filter(({ ignored }) => !ignored).map((problem) => findingOf(root, problem));
    },
    async bundle(entry) {
      if (!entry.overlay) return bundleRoot(entry.root);
      const { overlay, line } = await readOverlay(root, entry.root);
      const base = stringAt(overlay, "extends");
      if (!base) throw new LatchError("The overlay extends nothing", "name the root it changes in extends", { file: entry.root, line: 1 });
      const under = await bundleRoot(join(entry.root, "..", base));
      const document = applyOverlay(under.document, overlay, { file: entry.root, line });
      return { document, files: [entry.root, ...under.files] };
    },
  };
}
