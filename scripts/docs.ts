/** One Redoc page per contract, in one file that works without a network. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { callsOf, type Call } from "./calls.ts";
import { METHODS, arrayAt, objectAt, stringAt, type Obj } from "./document.ts";
import { expandCalls } from "./expand.ts";
import { escapeHtml, htmlPage } from "./html.ts";
import { unwrapDescriptions } from "./unwrap.ts";

let script: string | undefined;

/** Redoc's own script, from the pinned @redocly/cli, without the two logos it would fetch from a CDN. */
function redocScript(): string {
  if (script !== undefined) return script;
  const cli = dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json"));
  script = readFileSync(join(cli, "lib/chunks/redoc.standalone.js"), "utf8")
    .replaceAll(/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g, "data:,")
    .replaceAll("</script", "<\\/script");
  return script;
}

const list = (values: unknown[]): string => values.map((value) => `\`${String(value)}\``).join(", ");

function permissionText(permissions: Obj): string {
  const { main, role, none } = permissions;
  const dependent = arrayAt(permissions, "dependent");
  if (main !== undefined) return `\`${String(main)}\`${dependent.length > 0 ? `, and ${list(dependent)}` : ""}`;
  return role !== undefined ? `the role ${String(role)}` : `none: ${String(none)}`;
}

function factsOf(call: Call): string {
  const rows = [
    `| Statuses | ${list(call.statuses)} |`,
    `| Permissions | ${permissionText(call.permissions)} (${String(call.permissions["basis"] ?? "basis unknown")}) |`,
    `| How we know | ${call.basis ?? "unknown"}${call.question ? ` (question ${call.question})` : ""} |`,
  ];
  if (call.sunset) rows.push(`| Promised until | ${call.sunset} (over from that day on) |`);
  return `\n\n| Call | \`${call.id}\` |\n|---|---|\n${rows.join("\n")}\n`;
}

/**
 * The bundle as the page shows it: one operation per call, and what stands in our `x-` fields written where a reader looks.
 * @param document a bundle; it is not changed
 */
export function decorate(document: Obj): Obj {
  const shown = expandCalls(document);
  const calls = new Map(callsOf(document).map((call) => [call.id, call]));
  for (const item of Object.values(objectAt(shown, "paths"))) {
    for (const method of METHODS) {
      const operation = objectAt(item, method);
      const call = calls.get(stringAt(operation, "operationId") ?? "");
      if (call) operation["description"] = `${stringAt(operation, "description") ?? ""}${factsOf(call)}`;
    }
  }
  const info = objectAt(shown, "info");
  const lifecycle = objectAt(info, "x-lifecycle");
  const until = stringAt(lifecycle, "notBefore");
  info["description"] =
    `**${String(lifecycle["state"])}**${until ? `, promised until ${until} (over from that day on)` : ""}.\n\n${stringAt(info, "description") ?? ""}`;
  return shown;
}

/** A page readers without JavaScript can still use: the calls, as a list. */
function fallback(document: Obj): string {
  const items = callsOf(document).map(
    (call) => `<li><code>${call.method.toUpperCase()} ${escapeHtml(call.path)}</code> ${escapeHtml(call.summary)}</li>`,
  );
  return `<noscript><h1>${escapeHtml(stringAt(objectAt(document, "info"), "title") ?? "")}</h1><ul>${items.join("")}</ul></noscript>`;
}

/** Redoc breaks long words of a title anywhere, and credits itself with a picture that the page does not fetch. */
const STYLE = `body { margin: 0; padding: 0; }
h1 { word-break: normal !important; overflow-wrap: break-word !important; }
@media (max-width: 50rem) { h1 { font-size: 1.6rem !important; } }
a[href="https://redocly.com/redoc/"] > p::after { content: " Redoc"; }`;

/**
 * @param document a bundle
 * @param key `api@version`, shown in the title
 * @returns one self-contained HTML page
 */
export function renderPage(document: Obj, key: string): string {
  const definition = JSON.stringify(unwrapDescriptions(decorate(document))).replaceAll("<", "\\u003c");
  const body = `${fallback(document)}
<div id="redoc"></div>
<script type="module">
// Redoc would build a search worker from a text, which the policy forbids; without Worker it searches on the page itself.
delete globalThis.Worker;
// Redoc reads the document for its search in an idle moment: a slow machine that draws the page has none, and Safari knows of none.
globalThis.requestIdleCallback = (run) => setTimeout(run, 100, { didTimeout: true, timeRemaining: () => 0 });
globalThis.cancelIdleCallback = clearTimeout;
${redocScript()}
init(${definition}, { disableTelemetry: true }, document.getElementById("redoc"));
</script>`;
  return htmlPage(`${key} · latch`, STYLE, body);
}
