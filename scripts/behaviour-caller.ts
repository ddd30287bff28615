/** What a table says of requests in general: who asks, names for what they say in more than one way, and what of the examples stands for it. */
import { parseReference } from "../mock/state/references.ts";
import type { AnswerSpec, Behaviour, CallerSpec, Refused } from "../mock/state/types.ts";
import { referencesIn } from "../mock/state/values.ts";
import { resolveAnswer, type Answering } from "./behaviour-answers.ts";
import { durationAt, patternAt, type Part } from "./behaviour-part.ts";
import { checkName, checkReference, checkValue, type Words } from "./behaviour-words.ts";

const REFUSALS: readonly Refused[] = ["unknown", "expired", "signature", "window"];

function compileSource(part: Part, words: Words): { header: string; pattern?: string } {
  const [header, pattern] = [part.need("header"), part.at("pattern")];
  checkReference(header, `header.${header.text()}`, words);
  return { header: header.text(), ...(pattern && { pattern: patternAt(pattern, "") }) };
}

/** It is given before any call is reached, so that there is nothing to fill it from. */
function refusal(part: Part, answering: Answering): AnswerSpec {
  if (typeof part.value === "object") part.members(["status", "example"]);
  const { status, example } = resolveAnswer(part, answering);
  return { status, ...(example !== undefined && { example }) };
}

export function compileCaller(part: Part, words: Words, answering: Answering): CallerSpec {
  part.members(["from", "unknown", "refused", "signature", "window", "lifetime"]);
  const from = part
    .need("from")
    .items()
    .map((item) => {
      item.members(["header", "pattern", "is"]);
      return { ...compileSource(item, words), is: item.need("is").oneOf(["token", "accessKey", "basic"]) };
    });
  const unknown = part.need("unknown");
  for (const member of unknown.members(["project", "role", "admin"])) {
    for (const text of referencesIn(checkValue(member, words))) requestOnly(member, text);
    if (member.name === "admin" && typeof member.value !== "boolean") member.fail("admin is true or false", "write one of them");
  }
  const refused = part
    .at("refused")
    ?.members(REFUSALS)
    .map((part) => [part.name, refusal(part, answering)]);
  const [signature, window, lifetime] = [part.at("signature"), part.at("window"), part.at("lifetime")];
  return {
    from,
    unknown: unknown.value as CallerSpec["unknown"],
    refused: Object.fromEntries(refused ?? []),
    ...(signature && { signature: signature.oneOf(["scp", "ak-sk"]) }),
    ...(window && { window: durationAt(window) }),
    ...(lifetime && { lifetime: durationAt(lifetime) }),
  };
}

function requestOnly(part: Part, text: string): void {
  const kind = parseReference(text)?.kind ?? "";
  if (!["path", "query", "header", "request"].includes(kind))
    part.fail(`Who a caller is cannot depend on ${text}`, "name something of path, query, header or request");
}

/** @param words gets the names */
export function compileRequest(part: Part, words: Words): Behaviour["request"] {
  return Object.fromEntries(
    part.members().map((member) => {
      member.members(["from", "words", "default"]);
      const from = member
        .need("from")
        .items()
        .map((item) => {
          item.members(["header", "pattern"]);
          return compileSource(item, words);
        });
      const texts = member
        .at("words")
        ?.members()
        .map((word): [string, string] => [word.name, word.text()]);
      words.requests.add(checkName(member));
      return [member.name, { from, ...(texts && { words: Object.fromEntries(texts) }), default: member.need("default").text() }];
    }),
  );
}

/** @returns the headers, in lower case, that this version does not look at */
export function compileIgnores(part: Part, words: Words, version: string): string[] {
  const known = words.siblings.map((sibling) => sibling.version);
  return part.members(known).flatMap((member) => {
    const headers = member.items().map((header) => {
      checkReference(header, `header.${header.text()}`, words);
      return header.text().toLowerCase();
    });
    return member.name === version ? headers : [];
  });
}

/** @returns the texts and what stands in their place */
export function compileSamples(part: Part, words: Words): { [text: string]: string } {
  const documents = words.siblings.map(({ document }) => JSON.stringify(document));
  return Object.fromEntries(
    part.members().map((member): [string, string] => {
      const escaped = JSON.stringify(member.name).slice(1, -1);
      if (!documents.some((document) => document.includes(escaped)))
        member.fail(`No example holds ${member.name}`, "name a text that one has");
      const value = member.text();
      checkValue(member, words);
      return [member.name, value];
    }),
  );
}
