/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";

/** @type {Check<{ formats: string[] }>} */
export default function* check(document, { formats }) {
  for (const { value, path } of nodes(document, "Schema")) {
    const format = value["format"];
    if (format === undefined || formats.includes(String(format))) continue;
    yield { message: `${format} is no registered format: write a pattern instead, or mend the word.`, path: [...path, "format"] };
  }
}
