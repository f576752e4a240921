import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const built = (file: string): string => fileURLToPath(new URL(`dist/${file}`, import.meta.url));

const SLOW = "test/**/*.slow.test.ts";

/** `npm test` runs the project `fast`; `npm run test:slow` runs the others. */
export default defineConfig({
  test: {
    // The default is one worker less than there are cores, which on two cores is one.
    maxWorkers: 2,
    // In-process runs of the command line change the working directory, which only a process has.
    pool: "forks",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "fast", include: ["test/**/*.test.ts"], exclude: [SLOW] } },
      { extends: true, test: { name: "slow", include: [SLOW] } },
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
