import { spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { CLI, directory, runCli } from "../cli/run.ts";
import { exportTask, unrelated } from "./records.ts";

const PEAK = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => process.stderr.write(`\\npeak ${process.resourceUsage().maxRSS}`));',
)}`;

/** A trail of which every tenth record is of an export. */
function* writeTrail(count: number): Generator<string> {
  yield '{"Records":[';
  for (let index = 0; index < count; index++) {
    const record = index % 10 === 0 ? exportTask(`e-${index}`) : unrelated(`e-${index}`, "x".repeat(2400));
    yield `${index === 0 ? "" : ","}${JSON.stringify(record)}`;
  }
  yield "]}";
}

async function replayBuilt(count: number): Promise<{ stdout: string; peak: number }> {
  const cwd = directory();
  await pipeline(writeTrail(count), createGzip({ level: 1 }), createWriteStream(join(cwd, "t.json.gz")));
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", PEAK, CLI, "replay", "t.json.gz"], {
    cwd,
    encoding: "utf8",
  });
  return { stdout, peak: Number(/peak (\d+)/.exec(stderr)?.[1]) };
}

describe("countersign replay, built,", () => {
  it("holds a small part of a trail at a time", async () => {
    const { stdout, peak } = await replayBuilt(150_000);
    expect(stdout).toContain("result: 0 of 15,000 calls would have been stopped");
    // In kilobytes; the trail has more than 400 MB.
    expect(peak).toBeLessThan(200_000);
  });
});

describe("a trail that is made to harm", () => {
  it("is left where it expands far more than trails do", async () => {
    const bomb = gzipSync(
      Buffer.concat([Buffer.from('{"Records":['), Buffer.alloc(280 * 1024 * 1024, 0x20)]),
    );
    const cwd = directory({ "a.json.gz": bomb, "b.json": JSON.stringify({ Records: [exportTask("good")] }) });
    const { stdout, status } = await runCli(["replay", ".", "--no-config"], { cwd });
    expect([status, stdout]).toEqual([1, expect.stringContaining("expands more than 250 times")]);
    expect(stdout).toContain("0 of 1 call");
  });
});
