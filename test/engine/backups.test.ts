/** The broker's backup files: a name is written once, and only what was written is restored. */
import { expect, test } from "vitest";
import { bearer, ecb, scene } from "./engine.ts";

async function box() {
  const { engine, pass } = scene();
  const token = bearer("t");
  await ecb(engine, "POST /configuration/lock", token);
  const outcome = async (line: string): Promise<string> => {
    expect((await ecb(engine, line, token)).status).toBe(202);
    pass(3000);
    const { text } = await ecb(engine, "GET /admin/asyncstatus", token);
    return /<status>([^<]+)</.exec(text)?.[1] ?? text;
  };
  return {
    backUp: (file: string) => outcome(`POST /configuration/management?action=backup&backupSource=running&filename=${file}`),
    restore: (file: string) => outcome(`PUT /configuration/management?action=restore&restoreSource=backupFile&filename=${file}`),
    restoreRunning: () => outcome("PUT /configuration/management?action=restore&restoreSource=running"),
  };
}

test("f, g, f: the second f fails", async () => {
  const { backUp } = await box();
  expect([await backUp("f"), await backUp("g"), await backUp("f"), await backUp("g")]).toEqual(["success", "success", "failed", "failed"]);
});

test("a file that is not there is not restored", async () => {
  const { backUp, restore, restoreRunning } = await box();
  expect(await restore("f")).toBe("failed");
  expect(await restoreRunning()).toBe("success");
  await backUp("e");
  await backUp("f");
  expect([await restore("f"), await restore("e"), await restore("g")]).toEqual(["success", "success", "failed"]);
});
