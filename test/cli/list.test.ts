/** `latch list`: the clock decides what has expired, whatever word the vendor printed. */
import { expect, test } from "vitest";
import { listContracts, type Listed } from "../../scripts/list.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { runLatch } from "./run.ts";

const keys = readRegistry(ROOT).map(({ key }) => key);

async function listed(now: string): Promise<Listed[]> {
  const { code, stdout, stderr } = await runLatch(["list", "--json", "--now", now]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const rows: Listed[] = JSON.parse(stdout);
  expect(rows.map(({ contract }) => contract)).toEqual(keys);
  return rows;
}
const expiredAt = (rows: Listed[]): string[] => rows.filter(({ expired }) => expired).map(({ contract }) => contract);

test("the table has a row per contract, in columns, with state, date and the number of calls", async () => {
  const { code, stdout, stderr } = await runLatch(["list", "--now", "2026-08-01"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [header = "", ...rows] = stdout.trimEnd().split("\n");
  expect(header).toMatch(/^CONTRACT +STATE +PROMISED UNTIL +CALLS +API$/);
  expect(rows.map((row) => row.split(" ")[0])).toEqual(keys);
  for (const column of ["STATE", "PROMISED UNTIL", "CALLS", "API"]) {
    const at = header.indexOf(column);
    for (const row of rows) expect(row.slice(at - 2, at + 1), row).toMatch(/^ {2}\S$/);
  }
  expect(stdout).toMatch(/^samsung-virtualserver@v1\.1 +DEPRECATED \(expired\) +2026-05-31 +8 +Samsung Cloud Platform Virtual Server$/m);
  expect(stdout).toMatch(/^samsung-virtualserver@v1\.2 +SUPPORTED +2026-08-31 +8 /m);
  expect(stdout).toMatch(/^oracle-ecb@v1\.1 +CURRENT +- +11 /m);
});

test("in August 2026 two versions have expired, in November three", async () => {
  const august = await listed("2026-08-01");
  expect(expiredAt(august)).toEqual(["samsung-virtualserver@v1.0", "samsung-virtualserver@v1.1"]);
  const november = await listed("2026-11-21");
  expect(expiredAt(november)).toEqual(["samsung-virtualserver@v1.0", "samsung-virtualserver@v1.1", "samsung-virtualserver@v1.2"]);
  const withoutFlag = (rows: Listed[]): object[] => rows.map((row) => ({ ...row, expired: undefined }));
  expect(withoutFlag(november), "nothing but the flag knows the clock").toEqual(withoutFlag(august));
});

test("a version is expired on its date, and not a second before", () => {
  const at = (now: string): boolean | undefined =>
    listContracts(ROOT, new Date(now)).find(({ contract }) => contract === "samsung-virtualserver@v1.2")?.expired;
  expect([at("2026-08-30T23:59:59Z"), at("2026-08-31"), at("2026-08-31T00:00:01Z")]).toEqual([false, true, true]);
});

test("the JSON names the calls, actions included, and leaves out a date that does not exist", async () => {
  const rows = await listed("2026-08-01");
  const native = rows.find(({ contract }) => contract === "huawei-ecs-native@v2.1");
  expect(native?.calls).toEqual(expect.arrayContaining(["lockServer", "unlockServer", "stopServer", "rebootServer", "rebuildServer"]));
  expect(native).not.toHaveProperty("promisedUntil");
  for (const { calls, contract } of rows) expect(new Set(calls).size, contract).toBe(calls.length);
});
