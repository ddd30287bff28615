/** From the value of an example to what goes over the wire. */
import { isJson } from "./media-type.ts";

/**
 * @param body the example's value: for XML and plain text a string, for JSON anything
 * @param mediaType of the answer
 */
export function serialise(body: unknown, mediaType: string): string {
  if (isJson(mediaType)) return JSON.stringify(body) ?? "";
  return typeof body === "string" ? body : (JSON.stringify(body) ?? "");
}
