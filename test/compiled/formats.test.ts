/** Formats: by the RFCs that define them, and as the library has them that the rest of the tests use. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fits } from "../../mock/compiled/fits.ts";
import { FORMATS } from "../../mock/compiled/formats.ts";

const takes = (format: string, value: unknown): boolean => fits({}, { format }, value);

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const asLibrary = (format: string, value: unknown): boolean => ajv.validate({ format }, value);

const TABLE: Record<string, { yes: unknown[]; no: unknown[] }> = {
  date: {
    yes: ["2026-02-28", "2024-02-29", "2000-02-29"],
    no: ["2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "26-01-01", ""],
  },
  time: {
    yes: ["00:00:00Z", "23:59:60Z", "08:15:30.123+09:00", "15:59:60-08:00"],
    no: ["24:00:00Z", "23:60:00Z", "12:00:60Z", "12:00:00", "12:00Z", ""],
  },
  "date-time": {
    yes: ["2026-02-28T10:00:00Z", "2026-02-28t10:00:00.5+09:00"],
    no: ["2026-02-30T10:00:00Z", "2026-02-28T10:00:00", "2026-02-28", "T10:00:00Z"],
  },
  uuid: {
    yes: ["89c312bb-285a-4026-a237-d441908c2f9e", "89C312BB-285A-4026-A237-D441908C2F9E", "urn:uuid:89c312bb-285a-4026-a237-d441908c2f9e"],
    no: ["89c312bb285a4026a237d441908c2f9e", "89c312bb-285a-4026-a237-d441908c2f9", "{89c312bb-285a-4026-a237-d441908c2f9e}", ""],
  },
  uri: {
    yes: [
      "https://ecs.example.com/v1?a=b#c",
      "http://[2001:db8::1]:80/",
      "urn:isbn:0451450523",
      "mailto:a@example.com",
      "x:/a",
      "http://u:p@h/%20",
    ],
    no: ["/a", "a b", "https://exa mple.com", "https://[::1", "http://h/%zz", "//h/a", "1x:/a", ""],
  },
  "uri-reference": { yes: ["/a/b?c#d", "//h/a", "", "a", "#f", "https://h/"], no: ["a b", "/%zz", "\\a", "/a#b#c"] },
  ipv4: { yes: ["192.0.2.1", "0.0.0.0", "255.255.255.255"], no: ["256.1.1.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4 ", ""] },
  ipv6: {
    yes: ["::", "::1", "2001:db8::1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::ffff:192.0.2.1", "64:ff9b::192.0.2.33", "1::8"],
    no: ["1:2:3:4:5:6:7", ":::", "1::2::3", "12345::", "::1%eth0", "1:2:3:4:5:6:7:8:9", "::256.0.0.1", "1.2.3.4", ":1", "1:", ""],
  },
  hostname: {
    yes: ["ecs.example.com", "a", "a-b.c", "xn--bcher-kva.example", "a.b."],
    no: ["-a", "a-", "a..b", "a_b", "a".repeat(64), `${"a.".repeat(127)}abc`, ""],
  },
  email: {
    yes: ["a@example.com", "a.b+c@x-y.example"],
    no: ["a", "@example.com", "a@", "a@b", "a..b@example.com", ".a@example.com", "a b@example.com"],
  },
  int32: { yes: [0, -(2 ** 31), 2 ** 31 - 1], no: [2 ** 31, -(2 ** 31) - 1, 0.5] },
  int64: { yes: [0, 2 ** 53], no: [0.5] },
  byte: { yes: ["", "bGF0Y2g=", "bGF0Y2ghIQ=="], no: ["bGF0Y2g", "bGF0Y2g-", "=", "a==="] },
};

describe.each(Object.entries(TABLE))("%s", (format, { yes, no }) => {
  test.each(yes.map((value) => [value]))("takes %j", (value) => {
    expect([takes(format, value), asLibrary(format, value)]).toEqual([true, true]);
  });

  test.each(no.map((value) => [value]))("does not take %j", (value) => {
    expect([takes(format, value), asLibrary(format, value)]).toEqual([false, false]);
  });
});

test.each([
  ["time", "10:00:00+0900", "an offset has a colon (RFC 3339)"],
  ["date-time", "2026-02-28 10:00:00Z", "between date and time stands a T"],
  ["uri", "http://h:port/", "a port is a number"],
  ["uri", "http://a@b@c/", "there is one user"],
  ["uri-reference", '/a"b', "a quotation mark is no character of a path"],
])("stricter than the library: %s %s, for %s", (format, value) => {
  expect([takes(format, value), asLibrary(format, value)]).toEqual([false, true]);
});

test("less strict: a scheme alone is a URI (RFC 3986, path-empty)", () => {
  expect([takes("uri", "about:"), asLibrary("uri", "about:")]).toEqual([true, false]);
});

test.each(["float", "double", "password", "binary"])("%s says nothing that can be checked", (format) => {
  for (const value of [1.5, "text", ""]) expect(takes(format, value)).toBe(true);
});

test("a format is about values of its type only", () => {
  for (const format of Object.keys(FORMATS)) for (const value of [null, [], {}, true]) expect(takes(format, value), format).toBe(true);
  expect(takes("uuid", 5)).toBe(true);
  expect(takes("int32", "x")).toBe(true);
});

test.each<[string, fc.Arbitrary<string>]>([
  ["uuid", fc.uuid()],
  ["ipv4", fc.ipV4()],
  ["ipv6", fc.ipV6()],
  ["ipv6", fc.stringMatching(/^[0-9a-f:.]{2,20}$/)],
  ["ipv4", fc.stringMatching(/^[0-9.]{5,12}$/)],
  ["hostname", fc.domain()],
  ["hostname", fc.stringMatching(/^[a-z0-9.-]{1,12}$/)],
  ["uri", fc.webUrl({ withQueryParameters: true, withFragments: true })],
  ["date", fc.stringMatching(/^20[0-9]{2}-[01][0-9]-[0-3][0-9]$/)],
  ["date-time", fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2200-01-01") }).map((date) => date.toISOString())],
  ["time", fc.stringMatching(/^[0-2][0-9]:[0-6][0-9]:[0-6][0-9](Z|[+-][0-2][0-9]:[0-6][0-9])$/)],
  ["byte", fc.base64String()],
  ["email", fc.emailAddress()],
])("%s is what the library takes", (format, values) => {
  fc.assert(
    fc.property(values, (value) => {
      expect(takes(format, value)).toBe(asLibrary(format, value));
    }),
    { seed: 20250919, numRuns: 300 },
  );
});
