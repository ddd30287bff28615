/** Findings of the linters, written for a terminal, a program or GitHub. */
import { formatPlace } from "./errors.ts";
import type { Finding } from "./redocly.ts";

export const FORMATS = ["stylish", "json", "github-actions"] as const;
export type Format = (typeof FORMATS)[number];

/** Workflow commands escape these (GitHub's documentation, "Workflow commands for GitHub Actions"). */
const escapeData = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

function annotation({ severity, rule, message, place }: Finding): string {
  const properties = [
    `file=${escapeProperty(place.file)}`,
    ...(place.line === undefined ? [] : [`line=${place.line}`]),
    ...(place.column === undefined ? [] : [`col=${place.column}`]),
    `title=${escapeProperty(rule)}`,
  ];
  return `::${severity === "error" ? "error" : "warning"} ${properties.join(",")}::${escapeData(message)}`;
}

/** Count with its noun: `1 error`, `2 errors`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

export function formatFindings(findings: Finding[], format: Format): string {
  if (format === "json") return JSON.stringify(findings, null, 2);
  if (format === "github-actions") return findings.map(annotation).join("\n");
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const lines = findings.map(({ severity, rule, message, place }) => `${formatPlace(place)}  ${severity}  ${message}  [${rule}]`);
  return [...lines, `${count(errors, "error")}, ${count(findings.length - errors, "warning")}`].join("\n");
}

/** A file shared by several versions is found once per version: keep the first. */
export function unique(findings: Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, message, place }) => {
    const id = `${rule}|${message}|${formatPlace(place)}`;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}
