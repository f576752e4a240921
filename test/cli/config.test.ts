import { describe, expect, it } from "vitest";
import { directory, reportOf, runCli } from "./run.ts";

const OPERATION = "storagegateway:EvictFilesFailingUpload";
const MAPPING = `requests:\n  - files: payloads/*.json\n    operation: ${OPERATION}\n`;
const TOY =
  '{"type":"object","properties":{"Mode":{"type":"string","x-documented-values":["FAST"]}},"additionalProperties":false}';

describe("countersign.yaml", () => {
  it("gives the operation of bare payloads in whichever directory the run starts", async () => {
    const cwd = directory({
      ".git/HEAD": "",
      "countersign.yaml": MAPPING,
      "payloads/a.json": '{"ForceRemove":1}',
      "sub/other.json": "{}",
    });
    const here = reportOf(await runCli(["check", "--format", "json"], { cwd }));
    expect(here.requests).toEqual([
      { file: "payloads/a.json", operation: OPERATION, container: "bare", line: 1, outcome: "fail" },
    ]);
    const below = reportOf(await runCli(["check", "../payloads", "--format", "json"], { cwd: `${cwd}/sub` }));
    expect(below.requests).toMatchObject([{ file: "../payloads/a.json", operation: OPERATION }]);
    expect((await runCli(["check", "--no-config"], { cwd })).status).toBe(3);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "has no rule with the name `%s` of a member that every object has",
    async (name) => {
      const cwd = directory({
        ".git/HEAD": "",
        "countersign.yaml": `rules: { ${name}: off }\n`,
        "a.yaml": "",
      });
      const { status, stderr } = await runCli(["check"], { cwd });
      expect([status, stderr]).toEqual([2, expect.stringContaining(`there is no rule \`${name}\``)]);
    },
  );

  it.each([
    ["zero-width spaces", "\u200b"],
    ["word joiners", "\u2060"],
    ["fillers of Hangul", "\u3164"],
    ["soft hyphens", "\u00ad"],
    ["variation selectors", "\ufe0f"],
    ["tag characters", "\u{e0041}"],
    ["blanks of Braille", "\u2800"],
  ])("takes a waiver's reason of %s for none", async (_what, character) => {
    const reason = character.repeat(12);
    const cwd = directory({
      ".git/HEAD": "",
      "countersign.yaml": JSON.stringify({ waivers: [{ code: "schema/type", reason }] }),
      "a.yaml": "",
    });
    const { status, stderr } = await runCli(["check"], { cwd });
    expect([status, stderr]).toEqual([2, expect.stringContaining("the reason is blank")]);
  });

  it("is searched for upwards as far as the root of the repository", async () => {
    const cwd = directory({
      "countersign.yaml": MAPPING,
      "repo/.git/HEAD": "",
      "repo/payloads/a.json": '{"ForceRemove":1}',
    });
    expect((await runCli(["check"], { cwd: `${cwd}/repo` })).status).toBe(3);
    expect((await runCli(["check", "--config", "../countersign.yaml"], { cwd: `${cwd}/repo` })).status).toBe(
      3,
    );
    expect((await runCli(["check", "--config", "nowhere.yaml"], { cwd })).status).toBe(2);
  });

  it("adds schemas and sets failOn and strict, which the command line overrides", async () => {
    const cwd = directory({
      "countersign.yaml": "schemas: [more]\nfailOn: warning\nstrict: true\n",
      "more/toy/Run.request.json": TOY,
      "slow.yaml": "operation: toy:Run\nrequest: { Mode: SLOW }\n",
      "open.yaml": "operation: toy:Run\nrequest: { Mode: '{{ mode }}' }\n",
    });
    expect((await runCli(["check", "slow.yaml"], { cwd })).status).toBe(1);
    expect((await runCli(["check", "slow.yaml", "--fail-on", "error"], { cwd })).status).toBe(0);
    expect((await runCli(["check", "open.yaml"], { cwd })).status).toBe(1);
    expect((await runCli(["check", "slow.yaml", "--no-config"], { cwd })).stdout).toContain(
      "there is no schema",
    );
  });

  it.each([
    ["failon: warning\n", "countersign.yaml:1:1", "did you mean `failOn`"],
    ["strict: 'yes'\n", "countersign.yaml:1:9", "must be a boolean"],
    ["requests:\n  - files: a\n    operation: evict\n", "countersign.yaml:3:16", "`service:Operation`"],
    ["requests: [}\n", "countersign.yaml:1:12", "error: "],
    ["strict: true\nstrict: true\n", "countersign.yaml:2:1", "stands twice"],
    ["strict: true\n---\nstrict: false\n", "countersign.yaml:3:1", "one YAML document"],
    ["- a\n", "countersign.yaml:1:1", "the configuration must be an object"],
    ["schemas: [nowhere]\n", "", "`nowhere` is not a directory"],
  ])("is refused, with the position of the fault, if it holds %j", async (text, place, words) => {
    const cwd = directory({ "countersign.yaml": text, "a.yaml": "x: 1\n" });
    const { status, stderr } = await runCli(["check"], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain(place);
    expect(stderr).toContain(words);
  });

  it("can be empty", async () => {
    const cwd = directory({ "countersign.yaml": "# nothing yet\n" });
    expect((await runCli(["check"], { cwd })).status).toBe(3);
  });
});
