import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/setup.ts",
    setupFiles: "test/seed.ts",
    // Packing, installing and compiling in an empty folder takes its time on two cores.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
