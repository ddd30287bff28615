/**
 * `.spectral.yaml`, checked for people: Spectral answers a misspelt word with an exception that names no line, or, in an override,
 * with silence.
 */
import { basename, dirname } from "node:path";
import { isMap, isScalar, isSeq } from "yaml";
import { isObject, type Obj } from "./document.ts";
import { LatchError } from "./errors.ts";
import { locateIn, type Step } from "./locate.ts";
import { plainMessage, readYaml } from "./yaml.ts";

const KEYS = ["extends", "rules", "overrides"];

export interface Settings {
  ruleset: Obj;
  /** Folders of `extends`, as they are written, with their lines. */
  folders: { folder: string; line: number }[];
  /** @throws LatchError where a rule is named that is not in `known` */
  checkNames(known: Obj): void;
  /** Spectral's exception about these settings, with its line; anything else comes back as it is. */
  explain(error: unknown): unknown;
}

/** @param path absolute path of the ruleset */
export function readSettings(path: string): Settings {
  const [root, file] = [dirname(path), basename(path)];
  const { document, at } = readYaml(root, file, "name the house rules in it, as lint/README.md says");
  const mistake = (what: string, fix: string, steps: Step[] = []): LatchError => new LatchError(what, fix, locateIn(root, file, steps));
  const ruleset: unknown = document.toJS();
  if (!isObject(ruleset)) throw mistake("The ruleset is not a mapping", "write a Spectral ruleset");
  const stranger = Object.keys(ruleset).find((key) => !KEYS.includes(key));
  if (stranger !== undefined) throw mistake(`A ruleset of ours has no ${stranger}`, `choose from ${KEYS.join(", ")}`, [stranger]);
  const named = document.get("extends");
  // Without a list no rule would run, and every contract would pass.
  if (!isSeq(named) || named.items.length === 0)
    throw mistake("The ruleset extends no list of rules", "name each rule of lint/ in extends", ["extends"]);
  const folders = named.items.map((item) => ({
    folder: isScalar(item) ? String(item.value) : "",
    line: at(isScalar(item) ? item : undefined).line,
  }));

  return {
    ruleset,
    folders,
    checkNames(known) {
      const overrides = document.get("overrides");
      const places: Step[][] = [["rules"], ...(isSeq(overrides) ? overrides.items.map((_, index) => ["overrides", index, "rules"]) : [])];
      for (const steps of places) {
        const rules = document.getIn(steps);
        for (const { key } of isMap(rules) ? rules.items : [])
          if (!(String(key) in known))
            throw mistake(`There is no rule ${String(key)}`, "correct its name, or remove the line", [...steps, String(key)]);
      }
    },
    explain(error) {
      const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
      if (!(first instanceof Error) || !("path" in first) || !Array.isArray(first.path)) return error;
      const steps: Step[] = first.path.map(String).filter(Boolean);
      const where = steps.length > 0 ? `${steps.join(".")} ` : "The ruleset ";
      return mistake(where + plainMessage(first.message), "correct the name or the value, such as error, warn or off", steps);
    },
  };
}
