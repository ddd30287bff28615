/** Every page of the documentation, as files. */
import { renderPage } from "./docs.ts";
import type { Obj } from "./document.ts";
import type { Files } from "./emit.ts";
import { indexRow, renderIndex } from "./index-page.ts";

export const INDEX_FILE = "generated/index.html";

/** Where the page of a contract is linked from the index, and served below `/`. */
export const pageHref = (key: string): string => `docs/${key}.html`;
export const pageFile = (key: string): string => `generated/${pageHref(key)}`;

/** The index of these contracts, in their order. */
export const indexOf = (contracts: { key: string; document: Obj }[]): string =>
  renderIndex(contracts.map(({ key, document }) => indexRow(document, key, pageHref(key))));

/**
 * @param contracts the bundles, in the order of the registry
 * @returns the index and a page per contract
 */
export function renderPages(contracts: { key: string; document: Obj }[]): Files {
  const files: Files = new Map(contracts.map(({ key, document }) => [pageFile(key), renderPage(document, key)]));
  return files.set(INDEX_FILE, indexOf(contracts));
}
