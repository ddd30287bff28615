/**
 * The settings Redocly lints with, checked first: what it does not know in `redocly.yaml` it passes over, so that a misspelt rule
 * or severity would switch a gate off and nobody would notice.
 */
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { YamlParseError, lintConfig, loadConfig, type Config } from "@redocly/openapi-core";
import { isScalar, isSeq, visit, type Node, type Scalar } from "yaml";
import { LatchError } from "./errors.ts";
import { explainProblem } from "./redocly.ts";
import { readYaml } from "./yaml.ts";

const FILE = "redocly.yaml";

/** What `extends` and `plugins` name, in the file and in each entry. */
function namesIn(yaml: ReturnType<typeof readYaml>): Scalar[] {
  const names: Scalar[] = [];
  visit(yaml.document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || (key.value !== "extends" && key.value !== "plugins")) return;
      const items = isSeq(value) ? value.items : [];
      const strings = items.filter((item): item is Scalar<string> => isScalar(item) && typeof item.value === "string");
      if (!isSeq(value) || strings.length < items.length)
        throw new LatchError(`${key.value} is not a list of names`, "write one name a line, each after a hyphen", {
          file: FILE,
          ...yaml.at(key),
        });
      names.push(...strings);
    },
  });
  return names;
}

/**
 * @param root absolute path of the repository
 * @throws LatchError for the first word of `redocly.yaml` that Redocly does not know
 */
export async function openConfig(root: string): Promise<Config> {
  const yaml = readYaml(root, FILE, "run latch in a repository of contracts, or name one with --directory");
  const names = namesIn(yaml);
  const config = await loadConfig({ configPath: join(root, FILE) }).catch((error: unknown) => {
    if (!(error instanceof Error) || error instanceof YamlParseError) throw error;
    // Redocly's sentence names the preset or the plugin, and no line.
    const said = stripVTControlCharacters(error.message).split("\n")[0] ?? "";
    const named: Node | undefined = names.find(({ value }) => said.includes(String(value)));
    throw new LatchError(said.replaceAll(": ", ", ").replace(/\.$/, ""), "correct the name", { file: FILE, ...yaml.at(named) });
  });
  const [problem] = await lintConfig({ config });
  if (problem) throw explainProblem(root, problem);
  return config;
}
