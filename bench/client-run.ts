/** Run by client.ts in a process and on a core of its own: `<base> <rounds>`. Short turns in an order drawn anew; prints figures as JSON. */
import { groupsOf, SERVER_ID } from "./client-subjects.ts";
import { seeded, shuffle } from "./mock-rounds.ts";

/** Microseconds per call, one per turn: of time, and of this process's processor time. */
export interface Figures {
  name: string;
  time: number[];
  cpu: number[];
}

const CALLS = 250;
const TURNS_PER_ROUND = 10;
const WARM = 2000;

const [base = "", rounds = "3"] = process.argv.slice(2);
const random = seeded(20260921);
const results: { title: string; figures: Figures[] }[] = [];
for (const { title, subjects } of await groupsOf(base)) {
  const figures = subjects.map(({ name, call }) => ({ name, call, time: [] as number[], cpu: [] as number[] }));
  for (const { name, call } of figures) {
    const answer = await call();
    if (Object(answer).id !== SERVER_ID) throw new Error(`${name} did not read the server: ${JSON.stringify(answer)}`);
    for (let i = 0; i < WARM; i++) await call();
  }
  for (let turn = 0; turn < Number(rounds) * TURNS_PER_ROUND; turn++) {
    for (const { call, time, cpu } of shuffle(figures, random)) {
      const used = process.cpuUsage();
      const start = performance.now();
      for (let i = 0; i < CALLS; i++) await call();
      time.push(((performance.now() - start) * 1000) / CALLS);
      const { user, system } = process.cpuUsage(used);
      cpu.push((user + system) / CALLS);
    }
  }
  results.push({ title, figures: figures.map(({ name, time, cpu }) => ({ name, time, cpu })) });
}
process.stdout.write(JSON.stringify(results));
