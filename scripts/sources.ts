/** The one door to `openapi/`: Redocly lints and bundles the hand-written files. */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { BaseResolver, bundle, lint } from "@redocly/openapi-core";
import { isMap, isNode, isSeq } from "yaml";
import { isObject, stringAt, type Obj } from "./document.ts";
import { LatchError } from "./errors.ts";
import { applyOverlay } from "./overlay.ts";
import { explainException, explainProblem, findingOf, type Finding } from "./redocly.ts";
import { openConfig } from "./redocly-config.ts";
import type { Entry } from "./registry.ts";
import { parseYaml, readYaml } from "./yaml.ts";

export interface Bundled {
  document: Obj;
  /** Paths of the files it was made from, relative to the repository; the root first. */
  files: string[];
}

export interface Sources {
  lint(entry: Entry): Promise<Finding[]>;
  bundle(entry: Entry): Promise<Bundled>;
}

interface Overlay {
  overlay: Obj;
  /** Line of the n-th action. */
  lineOf: (action: number) => number;
  /** Path of the root it extends, relative to the repository. */
  base: string;
}

function readOverlay(root: string, file: string): Overlay {
  const { document, at, value } = readYaml(root, file, "create it, or correct the root in redocly.yaml");
  const overlay = value();
  if (!isObject(overlay)) throw new LatchError("The overlay is not an object", "write an Overlay 1.0 document", { file, line: 1 });
  const extended = stringAt(overlay, "extends");
  if (!extended) throw new LatchError("The overlay extends nothing", "name the root it changes in extends", { file, line: 1 });
  const base = join(file, "..", extended);
  if (!existsSync(join(root, base))) {
    const pair = isMap(document.contents) ? document.contents.items.find(({ key }) => String(key) === "extends") : undefined;
    const place = { file, ...at(isNode(pair?.key) ? pair.key : undefined) };
    throw new LatchError(`The overlay extends a file that does not exist, ${base}`, "correct extends", place);
  }
  const actions = document.get("actions");
  const lineOf = (index: number): number => {
    const item = isSeq(actions) ? actions.items[index] : undefined;
    return at(isMap(item) ? item : undefined).line;
  };
  return { overlay, lineOf, base };
}

/** Where there may be an alias: the look is cheap, and hardly any file has one. */
const ALIAS = /(?:^|[\s,[{])\*[^\s*]/;

/** Redocly expands whatever aliases there are, until the memory is full. */
class Reader extends BaseResolver {
  readonly #root: string;
  /** Redocly would say that a reference cannot be resolved, at the place of the reference. */
  #wrong: unknown;

  constructor(root: string, options: ConstructorParameters<typeof BaseResolver>[0]) {
    super(options);
    this.#root = root;
  }

  override parseDocument(...[source, isRoot]: Parameters<BaseResolver["parseDocument"]>): ReturnType<BaseResolver["parseDocument"]> {
    const document = super.parseDocument(source, isRoot);
    try {
      if (ALIAS.test(source.body)) parseYaml(source.body, relative(this.#root, source.absoluteRef)).value();
    } catch (error) {
      this.#wrong ??= error;
      throw error;
    }
    return document;
  }

  /** What Redocly gives, or throws. @throws LatchError for a file whose aliases cannot be expanded */
  async watch<T>(work: Promise<T>): Promise<T> {
    const [result] = await Promise.allSettled([work]);
    if (this.#wrong !== undefined) throw this.#wrong;
    if (result.status === "rejected") throw result.reason;
    return result.value;
  }
}

/**
 * @param root absolute path of a repository with `redocly.yaml` and `openapi/`
 * @throws LatchError on a mistake in `redocly.yaml`, and from `bundle` on bad YAML, a dangling reference or an overlay that selects nothing
 */
export async function openSources(root: string): Promise<Sources> {
  const config = await openConfig(root);
  const reader = new Reader(root, config.resolve);

  const bundleRoot = async (file: string): Promise<Bundled> => {
    // A reader of its own: bundling rewrites the references inside the reader's cache, which the versions of an API share.
    const own = new Reader(root, config.resolve);
    const result = await own.watch(bundle({ ref: join(root, file), config, externalRefResolver: own })).catch((error: unknown) => {
      throw explainException(root, error);
    });
    const problem = result.problems.find(({ severity }) => severity === "error");
    if (problem) throw explainProblem(root, problem);
    if (!isObject(result.bundle.parsed))
      throw new LatchError("The root is not an object", "write an OpenAPI 3.1 document", { file, line: 1 });
    return {
      document: result.bundle.parsed,
      files: [...new Set([file, ...[...result.fileDependencies].map((path) => relative(root, path))])],
    };
  };

  return {
    async lint(entry) {
      const settings = { ref: join(root, entry.root), config: config.forAlias(entry.key), externalRefResolver: reader };
      const problems = await reader.watch(lint(settings));
      return problems.filter(({ ignored }) => !ignored).map((problem) => findingOf(root, problem));
    },
    async bundle(entry) {
      if (!existsSync(join(root, entry.root))) {
        const place = { file: "redocly.yaml", line: entry.line };
        throw new LatchError(`The root of ${entry.key} does not exist, ${entry.root}`, "create it, or correct the path", place);
      }
      if (!entry.overlay) return bundleRoot(entry.root);
      const { overlay, lineOf, base } = readOverlay(root, entry.root);
      const under = await bundleRoot(base);
      const document = applyOverlay(under.document, overlay, { file: entry.root, line: lineOf });
      return { document, files: [entry.root, ...under.files] };
    },
  };
}
