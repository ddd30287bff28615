/** `readFault` over every error that the ten contracts document: the vendor, the code and the message are found in each. */
import { expect, test } from "vitest";
import { readFault } from "../../runtime/fault.ts";
import { isObject, stringAt } from "../../scripts/document.ts";
import { documentedExamples, type Documented } from "./examples.ts";

interface Expected {
  shape: string;
  code?: string;
  message: string;
  requestId?: string;
}

/** What a person reads in a body, told apart by its keys. Not how the reader does it. */
function expectedOf(value: unknown): Expected {
  if (typeof value === "string") {
    return { shape: "XML errorMessage", message: /<errorMessage>([^<]*)<\/errorMessage>/.exec(value)?.[1] ?? "" };
  }
  if (!isObject(value)) throw new Error(`An error body is ${JSON.stringify(value)}.`);
  const [first = "", ...others] = Object.keys(value);
  const inner = value[first];
  if (others.length === 0 && Array.isArray(inner)) {
    const details = inner.flatMap((item) => item.detail);
    const list = inner.some((item) => Array.isArray(item.detail));
    return {
      shape: `errors[], ${list ? "list" : "text"}`,
      code: inner[0].code,
      message: details.join("; "),
      requestId: inner[0].request_id,
    };
  }
  if (others.length === 0 && isObject(inner)) {
    const message = stringAt(inner, "message") ?? "";
    const title = stringAt(inner, "title");
    if (first === "error" && title) return { shape: "Keystone", code: title, message };
    if (first === "error") return { shape: "vendor error", code: stringAt(inner, "code") ?? "", message };
    return { shape: "native fault", code: first, message };
  }
  const gateway = stringAt(value, "error_msg");
  const requestId = stringAt(value, "request_id") ?? "";
  if (gateway) return { shape: "gateway", code: stringAt(value, "error_code") ?? "", message: gateway, requestId };
  if ("timestamp" in value)
    return {
      shape: "no route (Samsung)",
      code: "Not Found",
      message: `Not Found: ${String(value["path"])}`,
      requestId: String(value["requestId"]),
    };
  if ("name" in value) return { shape: "gateway (Samsung)", code: String(value["status"]), message: String(value["message"]) };
  return { shape: "no route (Nova)", code: String(value["title"]), message: "The resource could not be found." };
}

const VENDORS = { huawei: "huawei", samsung: "samsung", oracle: "oracle" } as const;
const vendorOf = ({ contract }: Documented): string => VENDORS[contract.split("-")[0] as keyof typeof VENDORS];
const failures = documentedExamples((status) => status >= 400);
const counts = (of: Documented[]): Record<string, number> => {
  const table: Record<string, number> = {};
  for (const { value } of of) {
    const { shape } = expectedOf(value);
    table[shape] = (table[shape] ?? 0) + 1;
  }
  return table;
};

test("there are errors of ten contracts, in all shapes", () => {
  expect(new Set(failures.map(({ contract }) => contract)).size).toBe(10);
  const table = counts(failures);
  console.table(table);
  const shapes = ["gateway", "gateway (Samsung)", "Keystone", "native fault", "no route (Nova)", "no route (Samsung)", "vendor error"];
  expect(Object.keys(table).toSorted()).toEqual([...shapes, "errors[], list", "errors[], text", "XML errorMessage"].toSorted());
  for (const [shape, count] of Object.entries(table)) expect(count, shape).toBeGreaterThan(1);
});

test("each is read: whose it is, its code, its message and its request", () => {
  for (const failure of failures) {
    const { shape, code, message, requestId } = expectedOf(failure.value);
    const fault = readFault({ status: failure.status, error: failure.value }, () => 0);
    if (!fault) throw new Error("An error is taken for a success.");
    const { retryAfter, ...rest } = fault;
    expect(rest, `${shape}: ${failure.contract} ${failure.operation} ${failure.status} ${failure.example}`).toEqual({
      vendor: vendorOf(failure),
      status: failure.status,
      message,
      ...(code && { code }),
      ...(requestId && { requestId }),
    });
    expect(retryAfter).toBe(failure.example === "too-many-requests" && shape === "native fault" ? 60 : undefined);
    expect(message).not.toBe("");
    expect(code === undefined).toBe(shape === "XML errorMessage");
    // The same as text, as it comes where nobody has parsed it.
    if (isObject(failure.value))
      expect(readFault({ status: failure.status, error: JSON.stringify(failure.value) }, () => 0)).toEqual(fault);
  }
});

test("of the answers of success, only those with an error body are faults", () => {
  const successes = documentedExamples((status) => status < 400);
  expect(successes.length).toBeGreaterThan(50);
  const read = successes.map((success) => ({ ...success, fault: readFault({ status: success.status, data: success.value }, () => 0) }));
  const faults = read.filter(({ fault }) => fault !== undefined);
  expect(new Set(faults.map(({ status, example }) => `${status} ${example}`))).toEqual(new Set(["202 throttled-202"]));
  for (const { fault } of faults)
    expect(fault).toEqual({ vendor: "huawei", status: 202, code: "Common.0024", message: "Too many requests." });
});
