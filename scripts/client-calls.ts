/** One typed function per call. */
import type { Call } from "./calls.ts";
import { docComment, literal, quote, union } from "./client-text.ts";
import { arrayAt, isObject, objectAt, resolveObject, stringAt, type Obj } from "./document.ts";

const pascal = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

/** Path of a server URL with its variables filled in, e.g. `/rest/v1.1`. */
function serverPath(server: unknown): string {
  const variables = objectAt(server, "variables");
  const url = (stringAt(server, "url") ?? "").replaceAll(/\{(\w+)\}/g, (_, name: string) => stringAt(variables[name], "default") ?? "");
  return url.replace(/^https?:\/\/[^/]*/, "").replace(/\/+$/, "");
}

function comment(call: Call): string {
  const method = `\`${call.method.toUpperCase()} ${call.path}\`${call.action ? ` with \`${call.action}\`` : ""}`;
  const lines = [...`${call.summary}.\n\n${call.description}`.trim().split("\n"), "", method];
  if (call.deprecated)
    lines.push(`@deprecated The vendor promises this version until ${call.sunset ?? "an unknown date"} only; use a newer one.`);
  return docComment(lines);
}

const mediaTypes = (call: Call, wanted: (status: string) => boolean): string[] => [
  ...new Set(Object.entries(call.answers).flatMap(([status, { mediaType }]) => (mediaType && wanted(status) ? [mediaType] : []))),
];

/** The media type to ask for: that of the success, or where it has no body, of the errors. */
export const acceptOf = (call: Call): string | undefined =>
  mediaTypes(call, (status) => status.startsWith("2"))[0] ?? mediaTypes(call, () => true)[0];

function specOf(document: Obj, call: Call): string {
  const accept = acceptOf(call);
  const own = arrayAt(call.pathItem, "servers")[0];
  return literal({
    id: call.id,
    method: call.method.toUpperCase(),
    path: call.path,
    ...(call.action !== undefined && { action: call.action }),
    ...(accept !== undefined && { accept }),
    ...(call.requestMediaTypes[0] !== undefined && { contentType: call.requestMediaTypes[0] }),
    ...(isObject(own) && { server: [serverPath(arrayAt(document, "servers")[0]), serverPath(own)] }),
    ...(call.repeatable && { repeatable: true }),
  });
}

/** Whether everything the call takes may be left out; the compiler proves it on the generated default. */
function asksForNothing(document: Obj, call: Call, pinned: string[]): boolean {
  const given = [call.pathItem, call.operation].flatMap((holder) =>
    arrayAt(holder, "parameters").map((parameter) => resolveObject(document, parameter)),
  );
  const required = given.filter((parameter) => parameter["required"] === true && !pinned.includes(stringAt(parameter, "name") ?? ""));
  const body = resolveObject(document, call.operation["requestBody"]);
  return call.action === undefined && required.length === 0 && body["required"] !== true;
}

/**
 * @param pinned names of the headers that the client sends by itself
 * @returns types and function of a call, as TypeScript
 */
export function functionOf(document: Obj, call: Call, pinned: string[]): string {
  const operation = `paths[${quote(call.path)}][${quote(call.method)}]`;
  const pins = pinned.length > 0 ? `, ${union(pinned.map(quote))}` : "";
  const parameters = call.action
    ? `ActionParameters<${operation}, { ${quote(call.action)}: components["schemas"][${quote(call.action)}] }${pins}>`
    : call.requestMediaTypes.length > 0
      ? `BodyParameters<${operation}${pins}>`
      : `Parameters<${operation}${pins}>`;
  const success = call.statuses.filter((status) => status.startsWith("2"));
  const full = success.filter((status) => call.answers[status]?.mediaType);
  const bare = success.filter((status) => !full.includes(status));
  const failed = call.statuses.filter((status) => !status.startsWith("2"));
  const name = pascal(call.id);
  const preset = asksForNothing(document, call, pinned) ? " = {}" : "";
  return [
    `export type ${name}Parameters = ${parameters};`,
    `export type ${name}Result = Result<${operation}, ${union(full)}, ${union(bare)}, ${union(failed)}>;`,
    comment(call),
    `export function ${call.id}(client: Client, parameters: ${name}Parameters${preset}, init?: CallInit): Promise<${name}Result> {`,
    `  return send(client, ${specOf(document, call)}, parameters, init);`,
    `}`,
  ].join("\n");
}
