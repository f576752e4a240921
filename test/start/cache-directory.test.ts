import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCacheDirectory } from "../../src/start/cache-directory.ts";

const makeHome = (): string => realpathSync(mkdtempSync(join(tmpdir(), "countersign-home-")));

describe("the directory of compiled code", () => {
  it("is made below the home, for the user alone", () => {
    const HOME = makeHome();
    const directory = openCacheDirectory({ HOME }, "/elsewhere");
    expect(directory).toBe(join(HOME, ".cache/countersign"));
    expect(statSync(directory!).mode & 0o777).toBe(0o700);
    expect(openCacheDirectory({ HOME }, "/elsewhere")).toBe(directory);
  });

  it("is in XDG_CACHE_HOME if that is absolute", () => {
    const [HOME, other] = [makeHome(), makeHome()];
    expect(openCacheDirectory({ HOME, XDG_CACHE_HOME: `${other}/` }, "/elsewhere")).toBe(
      `${other}/countersign`,
    );
    expect(openCacheDirectory({ HOME, XDG_CACHE_HOME: "cache" }, "/elsewhere")).toBe(
      join(HOME, ".cache/countersign"),
    );
  });

  it.each<[string, Record<string, string>]>([
    ["it is switched off", { COUNTERSIGN_CODE_CACHE: "off", HOME: makeHome() }],
    ["no home is known", {}],
    ["the home is relative", { HOME: "home" }],
    ["the home is the root", { HOME: "/" }],
    ["the home doesn't exist", { HOME: "/nowhere/at/all" }],
    ["the cache directory's parent doesn't exist", { XDG_CACHE_HOME: join(makeHome(), "a/b") }],
  ])("is nowhere when %s", (_, environment) => {
    expect(openCacheDirectory(environment, "/elsewhere")).toBeUndefined();
  });

  it("is nowhere in a shared temporary directory, and nothing is made there", () => {
    const shared = makeHome();
    chmodSync(shared, 0o1777);
    expect(openCacheDirectory({ XDG_CACHE_HOME: shared }, "/elsewhere")).toBeUndefined();
    expect(existsSync(join(shared, "countersign"))).toBe(false);
  });

  it("is nowhere below the working directory", () => {
    const HOME = makeHome();
    expect(openCacheDirectory({ HOME }, HOME)).toBeUndefined();
  });

  it.each(["", ".cache"])("is nowhere in a checkout whose root is the home's `%s`", (root) => {
    const HOME = makeHome();
    mkdirSync(join(HOME, root, ".git"), { recursive: true });
    expect(openCacheDirectory({ HOME }, "/elsewhere")).toBeUndefined();
  });

  it.each(["the cache home", "its own directory"])("is nowhere when %s is a link", (which) => {
    const [HOME, target] = [makeHome(), makeHome()];
    if (which === "the cache home") symlinkSync(target, join(HOME, ".cache"));
    else {
      mkdirSync(join(HOME, ".cache"));
      symlinkSync(target, join(HOME, ".cache/countersign"));
    }
    expect(openCacheDirectory({ HOME }, "/elsewhere")).toBeUndefined();
  });

  it.each([0o755, 0o770, 0o701, 0o1777])("is nowhere when its rights are %o", (mode) => {
    const HOME = makeHome();
    mkdirSync(join(HOME, ".cache/countersign"), { recursive: true });
    chmodSync(join(HOME, ".cache/countersign"), mode);
    expect(openCacheDirectory({ HOME }, "/elsewhere")).toBeUndefined();
  });

  it("is nowhere in another user's home, and nothing is made there", () => {
    const HOME = makeHome();
    expect(openCacheDirectory({ HOME }, "/elsewhere", statSync(HOME).uid + 1)).toBeUndefined();
    expect(existsSync(join(HOME, ".cache"))).toBe(false);
  });
});
