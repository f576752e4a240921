import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLI, cpuInTurns, printCpu, scratch } from "./measure.mjs";

const CALL = {
  hook_event_name: "PreToolUse",
  tool_name: "Bash",
  tool_input: { command: "ls -la && make test" },
  cwd: "/",
};

/** The start of `exec` on what is not checked, compared with an empty Node process; that of `hook`, with one check. */
export function gateStart() {
  const directory = scratch();
  const [aws, request, call] = ["aws", "request.json", "call.json"].map((name) => join(directory, name));
  writeFileSync(aws, "#!/bin/sh\n");
  chmodSync(aws, 0o755);
  writeFileSync(request, JSON.stringify({ operation: "fsx:CreateDataRepositoryTask", request: {} }));
  writeFileSync(call, JSON.stringify(CALL));
  const names = ["node -e 0", "countersign exec -- aws s3 ls"];
  printCpu(
    names,
    cpuInTurns(
      [
        ["-e", "0"],
        [CLI, "exec", "--", aws, "s3", "ls"],
      ],
      9,
    ),
    2.5,
  );
  const checks = ["countersign check request.json", "countersign hook, no aws in the command"];
  printCpu(checks, cpuInTurns([[CLI, "check", request], { args: [CLI, "hook"], input: call }], 9), 1.3);
}
