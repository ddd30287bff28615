/**
 * The house rules in process. `.spectral.yaml` and the folders under lint/ work with the stock Spectral command line too, but that
 * one runs rollup over every rule; here the same files become a ruleset by plain imports. test/lint proves that both find the same.
 */
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Document, Ruleset, Spectral } from "@stoplight/spectral-core";
import parsers from "@stoplight/spectral-parsers";
import { Resolver } from "@stoplight/spectral-ref-resolver";
import { arrayAt, isObject, objectAt, stringAt, type Obj } from "./document.ts";
import { LatchError, type Place } from "./errors.ts";
import { ROOT } from "./root.ts";
import { readSettings } from "./ruleset-config.ts";

const SEVERITIES = ["error", "warn", "info", "hint"] as const;

export interface Finding {
  /** Id of the rule, which names its folder under lint/; `parser` for a document that is not YAML. */
  rule: string;
  severity: (typeof SEVERITIES)[number];
  /** One sentence: what is wrong, and what to do. */
  message: string;
  path: (string | number)[];
  /** 1-based, in the text that was given. */
  line: number;
  /** 1-based. */
  column: number;
}

/** A rule reads the bundle as it is written: resolving it first would cost more than all checks together. */
const AS_WRITTEN = new Resolver({ dereferenceInline: false, dereferenceRemote: false });

/** @param named where the ruleset is named: what is not there has no line of its own */
async function readYaml(path: string, named: Place): Promise<Obj> {
  const file = relative(ROOT, path);
  const text = await readFile(path, "utf8").catch(() => {
    throw new LatchError(`There is no ruleset ${file}`, "name a folder of lint/ in .spectral.yaml", named);
  });
  // The linter's own parser: it is loaded already, and reads fifty small files in a third of the time.
  const value: unknown = parsers.Yaml.parse(text).data;
  if (!isObject(value)) throw new LatchError("The ruleset is not a mapping", "write a Spectral ruleset", { file });
  return value;
}

/** The functions a rule.yaml names, imported from beside it. */
async function readFunctions(path: string, ruleset: Obj): Promise<Map<string, unknown>> {
  const folder = join(dirname(path), stringAt(ruleset, "functionsDir") ?? "functions");
  const names = arrayAt(ruleset, "functions").map(String);
  const modules = names.map(async (name): Promise<[string, unknown]> => {
    const module: unknown = await import(pathToFileURL(join(folder, `${name}.js`)).href);
    return [name, isObject(module) ? module["default"] : undefined];
  });
  return new Map(await Promise.all(modules));
}

/** The rules of one folder, with functions in place of their names. */
async function readRules(path: string, named: Place): Promise<Obj> {
  const ruleset = await readYaml(path, named);
  const functions = await readFunctions(path, ruleset);
  const linked = Object.entries(objectAt(ruleset, "rules")).map(([id, rule]) => {
    const then = objectAt(rule, "then");
    const run = functions.get(String(then["function"]));
    if (typeof run !== "function" || !isObject(rule) || rule["resolved"] !== false) {
      const file = relative(ROOT, path);
      throw new LatchError(`The rule ${id} cannot be linked`, "give it resolved: false and the function of a check.js beside it", { file });
    }
    return [id, { ...rule, then: { ...then, function: run } }];
  });
  return Object.fromEntries(linked);
}

/**
 * @param path a ruleset that extends rule folders by path, and may override their severity (`rules`, `overrides`)
 * @returns the ruleset, to be loaded once and used for every bundle
 * @throws LatchError when a folder is missing, a rule is not built as lint/README.md says, or an override names what there is not
 */
export async function loadRuleset(path: string = join(ROOT, ".spectral.yaml")): Promise<Ruleset> {
  const { ruleset, folders, checkNames, explain } = readSettings(path);
  const file = relative(ROOT, path);
  const read = folders.map(({ folder, line }) => readRules(resolve(dirname(path), folder), { file, line }));
  const rules: Obj = Object.assign({}, ...(await Promise.all(read)));
  checkNames(rules);
  try {
    return new Ruleset({ ...ruleset, extends: [{ rules }] }, { severity: "recommended", source: path });
  } catch (error) {
    throw explain(error);
  }
}

/**
 * @param text a bundle: one document, internal references only
 * @param ruleset from `loadRuleset`
 * @param source absolute path of the bundle, which `overrides` of the ruleset are matched against
 */
export async function lintBundle(text: string, ruleset: Ruleset, source: string = join(ROOT, "openapi.yaml")): Promise<Finding[]> {
  const spectral = new Spectral({ resolver: AS_WRITTEN });
  spectral.setRuleset(ruleset);
  const found = await spectral.run(new Document(text, parsers.Yaml, source));
  return found.map(({ code, severity, message, path, range }) => ({
    rule: String(code),
    severity: SEVERITIES[severity] ?? "error",
    message,
    path,
    line: range.start.line + 1,
    column: range.start.character + 1,
  }));
}
