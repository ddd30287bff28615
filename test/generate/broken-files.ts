/** Files that cannot be read, or do not find each other. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { NATIVE, ORACLE, at, type Case } from "./case.ts";

const badYaml: Case[] = [
  {
    name: "a bracket that is never closed",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/parameters/Offset.yaml`, "minimum: 0 }", "minimum: 0", "examples:"),
    says: /mend the YAML/,
  },
  {
    name: "a tab for indentation",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/paths/configuration.lock.yaml`, "  summary: Lock", "\tsummary: Lock"),
    says: /tab.*mend the YAML/,
  },
  {
    name: "a key twice in one mapping",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/paths/configuration.lock.yaml`, "  tags: [Lock]", "  tags: [Lock]\n  summary: Twice", "  summary: Twice"),
    says: /[Dd]uplicate.*mend the YAML/,
  },
  {
    name: "an overlay that is not YAML",
    api: "huawei-ecs-native",
    breaks: at(`${NATIVE}/v2.overlay.yaml`, "extends: v2.1.yaml", "extends: [v2.1.yaml", "actions:"),
    says: /mend the YAML/,
  },
  {
    name: "a table of contents that is not YAML",
    api: "oracle-ecb",
    breaks: at("redocly.yaml", "telemetry: off", "telemetry: off\ntelemetry: on", "telemetry: on"),
    says: /mend the YAML/,
  },
];

/** Ten lines that stand for thousands of millions of texts. */
const BOMB = Array.from(
  { length: 10 },
  (_, n) => `  b${n}: &b${n} [${Array.from({ length: 10 }, () => (n === 0 ? "x" : `*b${n - 1}`)).join(", ")}]`,
);
const bomb = (key: string): string => [`${key}:`, ...BOMB, ""].join("\n");
const MARK = "  b1:";

const aliases: Case[] = [
  {
    name: "a table whose aliases stand for too much",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/behaviour.yaml`, "resource:\n", `${bomb("bomb")}resource:\n`, MARK),
    says: /aliases.*write out/,
  },
  {
    name: "a table that contains itself",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/behaviour.yaml`, "resource:\n", "self: &self [*self]\nresource:\n", "self:"),
    says: /aliases.*write out/,
  },
  {
    name: "a table of contents whose aliases stand for too much",
    api: "oracle-ecb",
    breaks: at("redocly.yaml", "telemetry: off", `${bomb("x-bomb")}telemetry: off`, MARK),
    says: /aliases.*write out/,
  },
  {
    name: "an overlay whose aliases stand for too much",
    api: "huawei-ecs-native",
    breaks: at(`${NATIVE}/v2.overlay.yaml`, "extends: v2.1.yaml\n", `extends: v2.1.yaml\n${bomb("x-bomb")}`, MARK),
    says: /aliases.*write out/,
  },
  {
    name: "a file of a contract whose aliases stand for too much",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/parameters/Offset.yaml`, "name: offset\n", `name: offset\n${bomb("x-bomb")}`, MARK),
    says: /aliases.*write out/,
  },
];

const references: Case[] = [
  {
    name: "a reference to a file that does not exist",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/paths/configuration.lock.yaml`, "../responses/LockedByAnother.yaml", "../responses/Locked.yaml"),
    says: /openapi\/oracle-ecb\/responses\/Locked\.yaml: correct the path, or create the file/,
  },
  {
    name: "a reference into a file that holds no such thing",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/paths/configuration.lock.yaml`, "responses/LockedByAnother.yaml", "responses/LockedByAnother.yaml#/nothing"),
    says: /correct the reference/,
  },
  {
    name: "a root that lists a path nobody wrote",
    api: "oracle-ecb",
    breaks: at(`${ORACLE}/v1.1.yaml`, "paths/configuration.unlock.yaml", "paths/configuration.free.yaml"),
    says: /openapi\/oracle-ecb\/paths\/configuration\.free\.yaml: correct the path, or create the file/,
  },
  {
    name: "a file no contract refers to",
    api: "oracle-ecb",
    breaks: ({ write }) => {
      write(`${ORACLE}/schemas/Forgotten.yaml`, "type: string\n");
      return [`${ORACLE}/schemas/Forgotten.yaml`, 1];
    },
    says: /No contract refers to this file.*refer to it or remove it/,
  },
  {
    name: "a root that does not exist",
    api: "oracle-ecb",
    breaks: ({ root, lineOf }) => {
      rmSync(join(root, ORACLE, "v1.1.yaml"));
      return ["redocly.yaml", lineOf("redocly.yaml", "oracle-ecb@v1.1")];
    },
    says: /openapi\/oracle-ecb\/v1\.1\.yaml.*(correct|create)/,
  },
];

const overlays: Case[] = [
  {
    name: "an overlay that selects nothing",
    api: "huawei-ecs-native",
    breaks: at(`${NATIVE}/v2.overlay.yaml`, "target: $.servers[0]", "target: $.servers[7]"),
    says: /The overlay's target \$\.servers\[7\] selects nothing: correct the JSONPath or remove the action/,
  },
  {
    name: "an overlay whose target is no JSONPath",
    api: "huawei-ecs-native",
    breaks: at(`${NATIVE}/v2.overlay.yaml`, "target: $.servers[0]", "target: $.servers[["),
    says: /JSONPath/,
  },
  {
    name: "an overlay that extends a file nobody wrote",
    api: "huawei-ecs-native",
    breaks: at(`${NATIVE}/v2.overlay.yaml`, "extends: v2.1.yaml", "extends: v3.yaml"),
    says: /openapi\/huawei-ecs-native\/v3\.yaml.*(correct|create)/,
  },
];

export const BROKEN_FILES = [...badYaml, ...aliases, ...references, ...overlays];
