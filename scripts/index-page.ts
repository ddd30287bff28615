/** The page that links every contract. The portal proper comes later and replaces it. */
import { callsOf } from "./calls.ts";
import { isObject, objectAt, stringAt, type Obj } from "./document.ts";
import { escapeHtml, htmlPage } from "./html.ts";

export interface IndexRow {
  key: string;
  href: string;
  title: string;
  state: string;
  until: string | undefined;
  calls: number;
}

/** What the index says of one contract. */
export function indexRow(document: Obj, key: string, href: string): IndexRow {
  const info = objectAt(document, "info");
  const lifecycle = isObject(info["x-lifecycle"]) ? info["x-lifecycle"] : {};
  return {
    key,
    href,
    title: stringAt(info, "title") ?? key,
    state: stringAt(lifecycle, "state") ?? "",
    until: stringAt(lifecycle, "notBefore"),
    calls: callsOf(document).length,
  };
}

const STYLE = `:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 3rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
td:first-child { white-space: nowrap; }
th, td { text-align: left; padding: .5rem .75rem; border-bottom: 1px solid #8884; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
/* Five columns do not fit on a telephone: there a contract is a block of lines. */
@media (max-width: 45rem) {
  body { margin: 1.5rem auto; }
  table, tbody { display: block; }
  thead { display: none; }
  tr { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .75rem 0; border-bottom: 1px solid #8884; }
  td { padding: 0; border: 0; }
  td:nth-child(-n+2) { flex-basis: 100%; }
  td:nth-child(4):not(:empty)::before { content: "promised until "; }
  .n::after { content: " calls"; }
}`;

/** One row per contract, in the order given. */
export function renderIndex(rows: IndexRow[]): string {
  const body = rows.map(({ href, key, title, state, until, calls }) => {
    const cells = [`<a href="${escapeHtml(href)}">${escapeHtml(key)}</a>`, escapeHtml(title), escapeHtml(state), escapeHtml(until ?? "")];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}<td class="n">${calls}</td></tr>`;
  });
  return htmlPage(
    "latch contracts",
    STYLE,
    `<h1>latch</h1>
<p>Contracts for the APIs that lock things. Each page is one file and works without a network.</p>
<p>A version is over from the day on that it was promised until, whatever its vendor's word for it is.</p>
<table>
<thead><tr><th>Contract</th><th>API</th><th>State</th><th>Promised until</th><th class="n">Calls</th></tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table>`,
  );
}
