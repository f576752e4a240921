import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const built = (file: string): string => fileURLToPath(new URL(`dist/${file}`, import.meta.url));

/** The tests of the library run twice: on the source, and on what `npm run build` made of it. */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "source", include: ["test/**/*.test.ts"] } },
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
