/** The command line: parse arguments, call a pure function, print. Every command loads its tools only when it runs. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { MockOptions } from "./commands/mock.ts";
import { isWorldHeader } from "../mock/option-forms.ts";
import { LatchError, formatError } from "./errors.ts";
import { FORMATS, type Format } from "./format.ts";
import { ROOT } from "./root.ts";

const version: unknown = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version;

function parseNow(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError("Give an ISO date such as 2026-08-01 or 2026-08-01T12:00:00Z.");
  return date;
}

function parsePort(text: string): number {
  const port = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new InvalidArgumentError("Give a whole number from 0 to 65535; 0 takes a free port.");
  return port;
}

/** The folder of `--directory`, once the arguments are parsed. */
const root = (): string => program.opts<{ directory: string }>().directory;

const program = new Command("latch")
  .description("Contracts, typed clients, documentation and a mock for the APIs that lock things.")
  .version(String(version))
  .option("-C, --directory <folder>", "work on the repository in this folder", (folder) => resolve(folder), ROOT)
  .showHelpAfterError("Run latch --help to see the commands.")
  .addHelpText(
    "after",
    "\nExamples:\n  latch list --now 2026-08-01\n  latch lint huawei-ecs\n  latch mock samsung-virtualserver@v1.3 --port 0",
  );

program
  .command("list")
  .description("print the contracts with their versions, states and dates")
  .option("--now <date>", "the clock that decides what has expired (default: the system's)", parseNow)
  .option("--json", "print JSON, with the ids of the calls")
  .action(async (options: { now?: Date; json?: boolean }) => {
    const { formatList, listContracts } = await import("./list.ts");
    const listed = listContracts(root(), options.now ?? new Date());
    console.log(options.json ? JSON.stringify(listed, null, 2) : formatList(listed));
  });

program
  .command("generate")
  .description("lint and bundle every contract, and write bundles, types, clients and pages to generated/")
  .option("--check", "write nothing; fail when what is committed is not what the sources give")
  .option("--force", "generate even when nothing has changed since the last run")
  .action(async (options: { check?: boolean; force?: boolean }) => {
    const { runGenerate } = await import("./commands/generate.ts");
    await runGenerate(root(), options);
  });

program
  .command("lint")
  .description("run both linters: Redocly on the sources, the house rules on the bundles")
  .argument("[contract...]", "api@version, or an api for all of its versions (default: all)")
  .addOption(new Option("--format <format>", "how to print the findings").choices(FORMATS).default("stylish"))
  .action(async (contracts: string[], options: { format: Format }) => {
    const { runLint } = await import("./commands/lint.ts");
    if (await runLint(root(), contracts, options.format)) process.exitCode = 1;
  });

/** `250`, or `100-400` for a wait between the two. */
function parseDelay(text: string): number | [number, number] {
  const [, least, most] = /^(\d+)(?:-(\d+))?$/.exec(text.trim()) ?? [];
  if (least === undefined || (most !== undefined && Number(most) < Number(least)))
    throw new InvalidArgumentError("Give milliseconds such as 250, or a span such as 100-400.");
  return most === undefined ? Number(least) : [Number(least), Number(most)];
}

function parseRate(text: string): number {
  const rate = text.trim().endsWith("%") ? Number(text.trim().slice(0, -1)) / 100 : Number(text.trim() || Number.NaN);
  if (!(rate >= 0 && rate <= 1)) throw new InvalidArgumentError("Give a share from 0 to 1, such as 0.05 (or 5%).");
  return rate;
}

function parseWorldHeader(text: string): string {
  if (isWorldHeader(text)) return text;
  throw new InvalidArgumentError("Give the name of a header that carries no credential, such as X-Latch-World.");
}

const withServerOptions = (command: Command): Command =>
  command
    .argument("[contract...]", "api@version, or an api for all of its versions; one alone is served at / (default: all)")
    .addOption(new Option("-p, --port <port>", "where to listen; 0 takes a free port").env("PORT").default(4010).argParser(parsePort))
    .option("--host <host>", "interface to listen on", "127.0.0.1")
    .option("--now <date>", "where the mock's clock starts (default: the system's)", parseNow)
    .option("--seed <text>", "what ids and tokens are made from", "latch")
    .option("--seed-file <file>", "named servers, callers and tokens (docs/mock.md)")
    .option("--strict", "only what the seed file names exists")
    .option("--stateless", "remember nothing: every valid request gets its success answer")
    .option("--world-header <name>", "the request header that names a world", parseWorldHeader, "X-Latch-World")
    .option("--state <url>", "where state is kept: memory, or redis://host:port for several processes", "memory")
    .addOption(new Option("--engine <engine>", "what validates and renders").choices(["compiled", "prism"]).default("compiled"))
    .option("--delay <ms>", "let every answer wait, 250 or 100-400", parseDelay)
    .option("--fault <rate>", "give this share of requests a documented 429 or 5xx, such as 0.05", parseRate)
    .option("--require-https", "refuse plain HTTP where the contract documents it (426)")
    .addOption(new Option("--log <format>", "one line per request").choices(["pretty", "json", "silent"]).default("pretty"))
    .addOption(new Option("-q, --quiet", "the same as --log silent").implies({ log: "silent" }))
    .addHelpText("after", "\nCtrl-C or SIGTERM lets running requests finish; a second one ends at once.");

withServerOptions(program.command("mock").description("serve the contracts as a stateful mock, and their documentation at /")).action(
  async (contracts: string[], options: MockOptions) => {
    const { runMock } = await import("./commands/mock.ts");
    await runMock(root(), contracts, options);
  },
);

withServerOptions(program.command("start").description("generate what has changed, then serve it like mock")).action(
  async (contracts: string[], options: MockOptions) => {
    const { runGenerate } = await import("./commands/generate.ts");
    await runGenerate(root(), {});
    const { runMock } = await import("./commands/mock.ts");
    await runMock(root(), contracts, options);
  },
);

program
  .command("worker")
  .description("put the mock's service worker into a folder that pages are served from")
  .argument("[folder]", "such as public; without one it is only built")
  .action(async (folder: string | undefined) => {
    const { runWorker } = await import("./commands/worker.ts");
    await runWorker(root(), folder);
  });

/** The package name in Node's complaint about a missing module, where that is what happened. */
function missingPackage(error: unknown): string | undefined {
  const absent = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
  return absent ? /Cannot find package '([^']+)'/.exec(error.message)?.[1] : undefined;
}

try {
  await program.parseAsync();
} catch (error) {
  const missing = missingPackage(error);
  if (error instanceof LatchError) console.error(formatError(error));
  // What ships is the client and `list`; the other commands work with the tools a checkout installs.
  else if (missing)
    console.error(`This command needs ${missing}, which is not installed: install it, or run the command in a checkout of latch.`);
  else throw error;
  process.exitCode = 1;
}
