import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const SLOW = "test/**/*.slow.test.ts";

/** Tests whose properties and inputs are smaller in `fast`. */
const SCALED = readdirSync("test", { recursive: true, encoding: "utf8" })
  .map((name) => `test/${name}`)
  .filter((file) => file.endsWith(".test.ts") && readFileSync(file, "utf8").includes("/support/scale.ts"));

const built = (file: string): string => fileURLToPath(new URL(`dist/${file}`, import.meta.url));

/** `npm test` runs the project `fast`, `npm run test:slow` the others. */
export default defineConfig({
  test: {
    // The default is one worker less than there are cores, which on two cores is one.
    maxWorkers: 2,
    // The command line runs in process, in directories of its tests: only a process can change its directory.
    pool: "forks",
    // Files share the modules of a worker, whose loading would take longer than the tests.
    isolate: false,
    // Tests make much that is used once: with more room for it, it is collected less often.
    execArgv: ["--max-semi-space-size=64"],
    // What the build compiled needs no transformation.
    server: { deps: { external: [/[.]generated[.]js$/] } },
    testTimeout: 60_000,
    // Hooks bundle the action and the release.
    hookTimeout: 180_000,
    projects: [
      { extends: true, test: { name: "fast", include: ["test/**/*.test.ts"], exclude: [SLOW] } },
      {
        extends: true,
        test: { name: "slow", include: [SLOW, ...SCALED], env: { COUNTERSIGN_TEST_SCALE: "full" } },
      },
      {
        extends: true,
        resolve: {
          alias: [
            { find: /^.*\/src\/index\.ts$/, replacement: built("index.js") },
            { find: /^.*\/src\/aws-sdk\/index\.ts$/, replacement: built("aws-sdk/index.js") },
          ],
        },
        test: {
          name: "dist",
          include: ["test/api/**/*.test.ts", "test/schema/**/*.test.ts", "test/aws-sdk/**/*.test.ts"],
        },
      },
    ],
  },
});
