/** The load generator: `taskset -c 1 node bench/mock-load.ts < plan.json`. Checks every answer; the first wrong one ends it. */
import { connect } from "node:net";
import { json } from "node:stream/consumers";
import { cpuSeconds, rssMegabytes } from "./mock-process.ts";
import type { Plan, Result, Shot } from "./mock-plan.ts";
import { AnswerReader } from "./mock-wire.ts";

const WATCH_MS = 100;
const plan = (await json(process.stdin)) as Plan;
let requests = 0;
let bytes = 0;
let counting = false;
let over = false;

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

/** Keep one connection busy; open it again where the server ends it. */
function play(track: Shot[]): void {
  const shots = track.map(({ request, status }) => ({ bytes: Buffer.from(request, "latin1"), request, status }));
  let at = 0;
  const open = (): void => {
    const reader = new AnswerReader();
    let waiting = true;
    const socket = connect({ port: plan.port, host: "127.0.0.1", noDelay: true });
    const send = (): void => {
      const next = shots[at];
      if (next === undefined) fail("A connection has nothing to send.");
      waiting = true;
      socket.write(next.bytes);
    };
    socket.on("connect", send);
    socket.on("data", (chunk: Buffer) => {
      const answer = reader.feed(chunk);
      if (answer === undefined) return;
      const asked = shots[at];
      if (answer.status !== asked?.status) {
        fail(
          `${answer.status} instead of ${asked?.status}, after ${requests} requests:\n${asked?.request}\n${answer.head}\n${answer.body}`,
        );
      }
      waiting = false;
      requests++;
      bytes += answer.body.length;
      at = (at + 1) % shots.length;
      if (counting && "requests" in plan.until && requests >= plan.until.requests) finish();
      else if (answer.closes) socket.end();
      else send();
    });
    socket.on("error", (error) => over || fail(`A connection broke: ${error.message}`));
    socket.on("close", () => {
      if (over) return;
      if (waiting) fail(`The server closed a connection with a request on it, after ${requests} requests.`);
      open();
    });
  };
  open();
}

let begun = { at: performance.now(), cpu: cpuSeconds(plan.pid) };
const samples: Result["samples"] = [];
const used = (): number => cpuSeconds(plan.pid) - begun.cpu;

function begin(): void {
  requests = 0;
  bytes = 0;
  counting = true;
  begun = { at: performance.now(), cpu: cpuSeconds(plan.pid) };
  if ("seconds" in plan.until) setTimeout(finish, plan.until.seconds * 1000);
  if (plan.every === undefined) return;
  setInterval(() => samples.push({ at: (performance.now() - begun.at) / 1000, rss: rssMegabytes(plan.pid) }), plan.every * 1000);
}

/** Looks at the server's clock now and then. */
function watch(): void {
  if (!counting && used() >= plan.warm) begin();
  else if (counting && "cpu" in plan.until && used() >= plan.until.cpu) finish();
}

function finish(): void {
  if (over) return;
  over = true;
  const seconds = (performance.now() - begun.at) / 1000;
  const result: Result = {
    requests,
    seconds,
    cpu: cpuSeconds(plan.pid) - begun.cpu,
    rss: rssMegabytes(plan.pid),
    bytes: requests === 0 ? 0 : bytes / requests,
    samples,
  };
  process.stdout.write(JSON.stringify(result), () => process.exit(0));
}

process.on("uncaughtException", (error) => fail(error.message));
for (const track of plan.tracks) play(track);
if (plan.warm === 0) begin();
setInterval(watch, WATCH_MS);
// Never asleep: to wake another core is work of whoever writes to it, and the slower a server, the more often it would have to. Measured
// with a sleeping generator, every server but the fastest paid up to a third more per request.
const spin = (): void => void setImmediate(spin);
spin();
