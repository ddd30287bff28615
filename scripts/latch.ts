#!/usr/bin/env node
/**
 * The command. What Node compiles from here on (and, in the sources, strips of its types) is kept in the system's temporary folder and is
 * there the next time: half of the time to a first answer. NODE_DISABLE_COMPILE_CACHE=1 turns it off; Node 20 has no such cache.
 */
import module from "node:module";

const { enableCompileCache }: { enableCompileCache?: () => unknown } = module;
enableCompileCache?.();
await import("./cli.ts");
