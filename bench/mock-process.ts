/** What the kernel says about a server and all that it started: processor time and memory, from proc(5). Linux only. */
import { readdirSync, readFileSync } from "node:fs";

/** The unit of the times in /proc/<pid>/stat, per second: USER_HZ, which is 100 wherever Node runs on Linux. */
const TICKS = 100;

interface Stat {
  pid: number;
  parent: number;
  ticks: number;
}

/** Undefined where the process has gone meanwhile. */
function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name in brackets may itself hold spaces and brackets: the numbers begin after the last one.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [utime, stime, cutime, cstime] = fields.slice(11, 15).map(Number);
    // cutime and cstime are the times of children that have ended and were waited for.
    return { pid, parent: Number(fields[1]), ticks: (utime ?? 0) + (stime ?? 0) + (cutime ?? 0) + (cstime ?? 0) };
  } catch {
    return undefined;
  }
}

/** The process and everything below it that still runs: a server that forks is not favoured. */
function treeOf(root: number): Stat[] {
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []));
  const tree = all.filter(({ pid }) => pid === root);
  for (const member of tree) tree.push(...all.filter(({ parent }) => parent === member.pid));
  return tree;
}

/** Seconds of processor time, user and system, that a process and its children have used since they began. */
export const cpuSeconds = (pid: number): number => treeOf(pid).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS;

/** Memory in MB (10^6 bytes) that a process and its children hold at this moment; pages that they share count for each. */
export function rssMegabytes(pid: number): number {
  const kilobytes = treeOf(pid).map((member) => {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${member.pid}/status`, "latin1"))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return (kilobytes.reduce((sum, each) => sum + each, 0) * 1024) / 1e6;
}
