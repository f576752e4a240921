import { fileURLToPath } from "node:url";
import { CLI, inTurns, print } from "./measure.mjs";

const EXAMPLES = fileURLToPath(new URL("../examples/", import.meta.url));
const CONTEXT = `${EXAMPLES}context`;

/** What a directory of context files adds to a run, and to a validator of the library. */
export async function context() {
  const check = [CLI, "check", `${EXAMPLES}good`];
  const names = ["countersign check examples/good", "… --context examples/context"];
  print(names, inTurns([check, [...check, "--context", CONTEXT]], 31), 1.3);
  const { createValidator } = await import("../dist/index.js");
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    createValidator({ context: CONTEXT });
    return performance.now() - start;
  });
  console.log(
    `  createValidator({ context }), the first and the third: ${[0, 2].map((at) => `${times[at].toFixed(1)} ms`).join(", ")}`,
  );
}
