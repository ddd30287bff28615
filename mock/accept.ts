/** Content negotiation (RFC 9110, 12.5.1), as far as answers with one or two media types need it. */

interface Range {
  range: string;
  quality: number;
}

function parseAccept(header: string): Range[] {
  return header.split(",").flatMap((part) => {
    const [range = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
    const value = Number(quality);
    return range === "" ? [] : [{ range, quality: Number.isFinite(value) ? value : 0 }];
  });
}

/**
 * Whether an answer of this media type is welcome. An absent or empty header welcomes everything (openstacksdk sends an empty one).
 * @param mediaType of the documented answer
 * @param header the Accept header
 */
export function accepts(mediaType: string, header: string | undefined): boolean {
  if (header === undefined || header === "" || header === "*/*") return true;
  const ranges = parseAccept(header);
  if (ranges.length === 0) return true;
  const essence = mediaType.split(";")[0]?.trim().toLowerCase() ?? "";
  // The most specific range that covers the type decides.
  for (const candidate of [essence, `${essence.split("/")[0] ?? ""}/*`, "*/*"]) {
    const found = ranges.find(({ range }) => range === candidate);
    if (found) return found.quality > 0;
  }
  return false;
}
