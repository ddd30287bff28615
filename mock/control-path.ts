/** Where the control API is, beside the contracts. */
const CONTROL = "/_latch";

/** @param url path and query. Asked of every request, so it looks at no more than it has to */
export const isControl = (url: string): boolean =>
  url.startsWith(CONTROL) && (url.length === CONTROL.length || url[CONTROL.length] === "/" || url[CONTROL.length] === "?");
