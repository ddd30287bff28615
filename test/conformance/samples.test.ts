/** The samples of the source documents (samples.ts), sent to the mock as they stand, get the documented status. */
import { describe, expect, test } from "vitest";
import { arrayAt, stringAt } from "../../scripts/document.ts";
import { PERMISSION_ROWS, PERMISSION_TABLE, SAMPLES, SCRIPTS, type Sample } from "./samples.ts";
import { callNamed, contractNamed } from "./support/contracts.ts";
import { credentialsOf } from "./support/credentials.ts";
import { sourceDocument } from "./support/documents.ts";
import { useMock, type Outgoing } from "./support/mock.ts";
import { basePath, requestFor } from "./support/requests.ts";
import { missingTool, runScript } from "./support/scripts.ts";

const mock = useMock();

/** `"Scp-Timestamp = 1605290625682",` → `["Scp-Timestamp", "1605290625682"]` */
function headerOf(line: string): [string, string] {
  const [, name = "", value = ""] = /^"([^ ]+) = (.*)",?$/.exec(line) ?? [];
  return [name, value];
}

/** The request a sample describes. A document that shows no header shows no credential either: the contract's is added. */
function outgoing({ contract, call, requestLine, headerLines, body, values = {} }: Sample): Outgoing {
  const subject = contractNamed(contract);
  const valid = requestFor(subject, callNamed(subject, call));
  const [, method = "", template = ""] = /^(\w+)\s+(?:https:\/\/\{endpoint\})?(\/\S+)$/.exec(requestLine) ?? [];
  const own = headerLines.map(headerOf);
  const credentials = own.length > 0 ? {} : credentialsOf(subject.document, callNamed(subject, call).operation)[0];
  // The path a valid request has, with its values in place of the holes.
  const literal = template.split("/").map((segment) => (/^\{.+\}$/.test(segment) ? values[segment.slice(1, -1)] : segment));
  const found = valid.path.slice(1 + subject.api.length).split("/");
  const path = literal.map((segment, index) => segment ?? found[index] ?? "").join("/");
  return {
    method: method.toUpperCase(),
    path: `/${subject.api}${path}`,
    headers: { ...credentials, ...Object.fromEntries(own) },
    ...(body !== undefined && { body }),
  };
}

describe.each(SAMPLES)("$document $contract", (sample) => {
  test(`${sample.call} → ${sample.status}`, async () => {
    const got = await mock.send(outgoing(sample));
    expect({ status: got.status, reason: got.headers["x-latch-reason"], text: got.text }).toEqual({ status: sample.status, text: "" });
    const { statuses } = callNamed(contractNamed(sample.contract), sample.call);
    expect(statuses).toEqual(expect.arrayContaining([...sample.documented, String(sample.status)]));
  });

  test("stands in the document", () => {
    const text = sourceDocument(sample.document);
    const after = text?.slice(text.indexOf(sample.place));
    for (const piece of [sample.place, sample.requestLine, ...sample.headerLines, sample.body ?? ""])
      expect(after ?? piece).toContain(piece);
    for (const value of [...Object.values(sample.values ?? {}), ...sample.documented]) expect(after ?? value).toContain(value);
  });
});

describe.each(SCRIPTS)("$document $language", (script) => {
  test("what the tool sends is answered as documented", async () => {
    const subject = contractNamed(script.contract);
    const { method, path } = requestFor(subject, callNamed(subject, script.call));
    const got = await mock.send({ method, path, headers: script.headers });
    expect({ status: got.status, text: got.text }).toEqual({ status: script.status, text: "" });
  });

  test("the tool itself is answered as documented", async () => {
    const missing = await missingTool(script.language);
    if (missing !== undefined) console.log(`samples: ${script.document} ${script.language} was not run: ${missing}`);
    else
      expect(await runScript(script, `${new URL(mock.url).host}/${contractNamed(script.contract).api}`)).toEqual({
        status: script.status,
        body: "",
      });
  });

  test("stands in the document", () => {
    const text = sourceDocument(script.document);
    const after = text?.slice(text.indexOf(script.place));
    for (const piece of [script.place, script.text]) expect(after ?? piece).toContain(piece);
  });
});

describe.each(PERMISSION_ROWS)(`${PERMISSION_TABLE} $title`, ({ requests, actions, calls }) => {
  const named = calls.map((name) => {
    const [key = "", id = ""] = name.split(" ");
    const subject = contractNamed(key);
    return { name, subject, call: callNamed(subject, id) };
  });

  test("its URLs are those of its calls", () => {
    const addresses = named.map(({ subject, call }) => `${call.method.toUpperCase()} ${basePath(subject.document, call)}${call.path}`);
    expect(requests.filter((request) => !addresses.includes(request))).toEqual([]);
    expect(addresses.length).toBe(requests.length);
  });

  test.each(named)("$name needs its permissions and is answered", async ({ subject, call }) => {
    expect([stringAt(call.permissions, "main"), ...arrayAt(call.permissions, "dependent")]).toEqual(actions);
    const got = await mock.send(requestFor(subject, call));
    expect(String(got.status)).toBe(call.statuses.find((status) => status.startsWith("2")));
  });
});

test("the table of permissions is the document's, row by row", () => {
  const text = sourceDocument(PERMISSION_TABLE);
  if (text === undefined) return;
  const texts = (row: string, element: RegExp): string[] => [...row.matchAll(element)].map(([, inner = ""]) => inner);
  const rows = text.split("<tr ").filter((row) => row.includes("<li>"));
  const found = rows.map((row) => {
    const [title, ...requests] = texts(row, /<\/a>([^<]+)<\/p>/g).toSorted(
      (a, b) => Number(a.startsWith("POST")) - Number(b.startsWith("POST")),
    );
    return { requests, title, actions: texts(row, /<li>([^<]+)<\/li>/g) };
  });
  expect(found).toEqual(PERMISSION_ROWS.map(({ requests, title, actions }) => ({ requests, title, actions })));
});
