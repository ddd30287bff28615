/** `redocly.yaml`, where a misspelt word would switch a gate off and nobody would notice. */
import { at, type Case } from "./case.ts";

const FILE = "redocly.yaml";
const api = "oracle-ecb";

export const BROKEN_SETTINGS: Case[] = [
  {
    name: "a rule of Redocly's that there is not",
    api,
    breaks: at(FILE, "operation-tag-defined: error", "operation-tag-defnied: error"),
    says: /`operation-tag-defnied` is not expected here: correct the name/,
  },
  {
    name: "a severity that there is not",
    api,
    breaks: at(FILE, "operation-tag-defined: error", "operation-tag-defined: eror"),
    says: /`operation-tag-defined` can be one of .*"error", "warn", "off" \(did you mean error\?\): correct/,
  },
  {
    name: "a severity that there is not, beside an option",
    api,
    breaks: at(FILE, "no-invalid-schema-examples: { severity: error", "no-invalid-schema-examples: { severity: eror"),
    says: /`severity` can be one of .*"error", "warn", "off"/,
  },
  {
    name: "a rule of an entry's own that there is not",
    api,
    breaks: at(FILE, "root: openapi/oracle-ecb/v1.1.yaml", "root: openapi/oracle-ecb/v1.1.yaml\n    rules: { strcut: error }", "strcut"),
    says: /`strcut` is not expected here/,
  },
  {
    name: "a preset that there is not",
    api,
    breaks: at(FILE, "- recommended-strict", "- recomended-strict"),
    says: /recomended-strict, there is no such built-in config: correct the name/,
  },
  {
    name: "a preset that is no list",
    api,
    breaks: at(FILE, "extends:\n  - recommended-strict", "extends: recommended-strict"),
    says: /extends is not a list of names: write one name a line/,
  },
  {
    name: "a preset in a file that does not exist",
    api,
    breaks: at(FILE, "- recommended-strict", "- ./strict.yaml"),
    says: /a file that does not exist, strict\.yaml: correct/,
  },
  {
    name: "a plugin that cannot be found",
    api,
    breaks: at(FILE, "telemetry: off", "telemetry: off\nplugins:\n  - ./checks.js", "- ./checks.js"),
    says: /Plugin "\.\/checks\.js" not found: correct the name/,
  },
  {
    name: "a setting nobody knows",
    api,
    breaks: at(FILE, "telemetry: off", "telemetri: off"),
    says: /`telemetri` is not expected here \(did you mean telemetry\?\): correct/,
  },
  {
    name: "a misspelt table of contents",
    api,
    breaks: at(FILE, "apis:", "aips:"),
    says: /The contracts stand below aips: write apis/,
  },
  {
    name: "a table of contents without a contract",
    api,
    breaks: ({ write }) => {
      write(FILE, "telemetry: off\napis: {}\n");
      return [FILE, 2];
    },
    says: /lists no contract: add api@version with its root below apis/,
  },
  {
    name: "no table of contents",
    api,
    breaks: ({ write }) => {
      write(FILE, "telemetry: off\n");
      return [FILE, 1];
    },
    says: /lists no contract: add api@version/,
  },
];
