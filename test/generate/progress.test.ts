/** What `generate` shows while it works: one growing line per contract on a terminal, a plain line per step elsewhere. */
import { expect, test } from "vitest";
import { createProgress, type Output } from "../../scripts/progress.ts";

function recording(isTTY?: boolean): Output & { text: string } {
  return {
    text: "",
    ...(isTTY !== undefined && { isTTY }),
    write(part: string) {
      this.text += part;
    },
  };
}

function show(output: Output): void {
  const { report, end } = createProgress(8, output);
  report("safe@v1", "bundle", 12.4);
  report("safe@v1", "lint", 1234.5);
  report("vault@v2", "bundle", 0.4);
  end();
}

test("plain lines when the output is no terminal: nothing is overwritten, every line is whole", () => {
  const output = recording();
  show(output);
  expect(output.text.split("\n")).toEqual(["safe@v1   bundle     12 ms", "safe@v1   lint     1235 ms", "vault@v2  bundle      0 ms", ""]);
  expect(output.text).not.toMatch(/[\r\u001b]/);
});

/** What a terminal shows in the end: a carriage return goes back to the beginning of the line. */
const screen = (text: string): string[] =>
  text.split("\n").map((line) => line.split("\r").reduce((shown, part) => part + shown.slice(part.length), ""));

test("on a terminal one line per contract, which grows with each step", () => {
  const output = recording(true);
  show(output);
  expect(screen(output.text)).toEqual(["safe@v1   bundle 12 ms  lint 1235 ms", "vault@v2  bundle 0 ms", ""]);
  expect(output.text.match(/\n/g)).toHaveLength(2);
});

test("nothing was done, nothing is shown", () => {
  for (const isTTY of [true, false]) {
    const output = recording(isTTY);
    createProgress(8, output).end();
    expect(output.text).toBe("");
  }
});
