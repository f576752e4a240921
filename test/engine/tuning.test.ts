import { spawnSync } from "node:child_process";
import { Script } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { beginProgram, endTuning, LATE, Tuning, tunedForPrograms } from "../../src/engine/counting/tuning.ts";

/** Sources of one length, which is what V8 tells them by, that it has not compiled before. */
let made = 1000;
const makeSource = () => `() => ${made++}`;
const cachedData = new Script(makeSource()).createCachedData();

/** V8 takes compiled code only with the flags that it was compiled with. */
const hasUsualFlags = () => !new Script(makeSource(), { cachedData }).cachedDataRejected;

afterEach(endTuning);

test("a few files are not worth tuning for", async () => {
  expect(await Tuning.begin(100, true)).toBeUndefined();
  expect(hasUsualFlags()).toBe(true);
});

test("flags are V8's usual ones after a run, and where code may be loaded", async () => {
  const tuning = await Tuning.begin(2000, true);
  tuning?.countFile(500);
  expect(hasUsualFlags()).toBe(false);
  expect(await tuning?.whileUsual(async () => hasUsualFlags())).toBe(true);
  expect(hasUsualFlags()).toBe(false);
  endTuning();
  expect(hasUsualFlags()).toBe(true);
});

test("flags are V8's usual ones after a run over very many files", async () => {
  const tuning = await Tuning.begin(20_000, true);
  expect(hasUsualFlags()).toBe(false);
  tuning?.endFiles();
  expect(hasUsualFlags()).toBe(false);
  endTuning();
  expect(hasUsualFlags()).toBe(true);
});

test("a run that has looked at much has its code optimised", async () => {
  const tuning = await Tuning.begin(2000, true);
  tuning?.countFile(4_000_000);
  await tuning?.whileUsual(async () => undefined);
  endTuning();
  expect(hasUsualFlags()).toBe(true);
});

test("code that other files than plain ones take is loaded with V8's usual flags, and the report's", async () => {
  const tuning = await Tuning.begin(2000, true);
  for (let file = 0; file < 64; file++) await tuning?.whileUsual(async () => undefined);
  expect(await tuning?.whileUsual(async () => hasUsualFlags())).toBe(false);
  tuning?.endFiles();
  expect(hasUsualFlags()).toBe(true);
});

test("a run that reads programs has V8 optimise later, but for code that is loaded", async () => {
  await beginProgram();
  expect(hasUsualFlags()).toBe(true);
  await tunedForPrograms(async () => {
    expect(hasUsualFlags()).toBe(true);
    await beginProgram();
    expect(hasUsualFlags()).toBe(!isKnownVersion);
    const whileUsual: unknown = Reflect.get(globalThis, Symbol.for("countersign.whileUsual"));
    expect(typeof whileUsual === "function" && whileUsual(hasUsualFlags)).toBe(true);
    expect(hasUsualFlags()).toBe(!isKnownVersion);
  });
  expect(hasUsualFlags()).toBe(true);
});

test("flags are V8's usual ones after a run that ends with an error", async () => {
  const run = tunedForPrograms(async () => {
    await beginProgram();
    throw new Error("ends");
  });
  await expect(run).rejects.toThrow("ends");
  expect(hasUsualFlags()).toBe(true);
});

const known = LATE[Number.parseInt(process.versions.node, 10)];
const isKnownVersion = known !== undefined;

test("what is known of this version of Node are its flags, with their defaults", () => {
  const { stdout } = spawnSync(process.execPath, ["--v8-options"], { encoding: "utf8" });
  for (const flag of known?.[1].split(" ") ?? []) expect(stdout).toContain(`default: ${flag}\n`);
});
