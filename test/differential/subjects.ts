/** The contracts of the registry and the mock's fixtures, each behind both engines. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { createCompiled, type Compiled } from "../../mock/compiled/backend.ts";
import { createPrism } from "../../mock/prism.ts";
import type { Backend } from "../../mock/types.ts";
import { callsOf } from "../../scripts/calls.ts";
import { isObject } from "../../scripts/document.ts";
import { ROOT } from "../../scripts/root.ts";
import { loadValidators } from "../../scripts/validators.ts";
import { contracts as subjects, type Subject } from "../conformance/support/contracts.ts";
import { STYLES } from "./styles.ts";

export interface Pair extends Subject {
  prism: Backend;
  compiled: Compiled;
}

function pairOf(subject: Subject): Pair {
  const validators = loadValidators(subject.document);
  return { ...subject, prism: createPrism(subject.document), compiled: createCompiled(subject.document, validators) };
}

function fixture(key: string, text: string): Subject {
  const [api = "", version = ""] = key.split("@");
  const document: unknown = parse(text);
  if (!isObject(document)) throw new Error(`The fixture ${key} is not an object.`);
  return { key, api, version, document, calls: callsOf(document) };
}

const file = (name: string): string => readFileSync(join(ROOT, "test/mock/fixtures", name), "utf8");

export const contracts: Pair[] = subjects.map(({ key, api, version, document, calls }) => pairOf({ key, api, version, document, calls }));

/** What no contract has: unions in bodies, forms, numbers and lists in parameters. */
export const fixtures: Pair[] = [
  fixture("box@v1", file("box-v1.yaml")),
  fixture("safe@v1.0", file("safe-v1.0.yaml")),
  fixture("desk@v1.1", file("desk-v1.1.yaml")),
  fixture("styles@v1", STYLES),
].map(pairOf);
