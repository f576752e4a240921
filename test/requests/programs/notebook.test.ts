import { describe, expect, it } from "vitest";
import { LineIndex } from "../../../src/diagnostics/lines.ts";
import { printed } from "./print.ts";
import { readProgram } from "./read.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
const EVICT = `aws storagegateway evict-files-failing-upload --force-remove --file-share-arn ${SHARE}`;

const notebook = (sources: readonly (string | string[])[], language = "python"): string =>
  JSON.stringify(
    {
      cells: sources.map((source) => ({ cell_type: "code", metadata: {}, outputs: [], source })),
      metadata: { kernelspec: { language, name: language } },
    },
    null,
    1,
  );

const read = async (source: string | string[], language?: string): Promise<unknown[]> => {
  const { requests } = await readProgram("n.ipynb", notebook([source], language));
  return requests.map(({ payload }) => printed(payload));
};

const EVICTED = { FileShareARN: SHARE, ForceRemove: true };

describe("a notebook's shell commands are read", () => {
  it.each([
    ["a line", `x = 1\n!${EVICT}\n`],
    ["a line over several lines", `!${EVICT.replace(" --force", " \\\n   --force")}\nx = 1`],
    ["a line whose output gets a name", `out = !${EVICT}`],
    ["a line in a block", `if x:\n    !!${EVICT}`],
    ["%sx and %system", `%sx ${EVICT}`],
    ["a name for what %system prints", `out = %system ${EVICT}`],
    ["a cell of bash", `%%bash\nX=--force-remove\n${EVICT.replace("--force-remove", "$X")}`],
    ["a cell of bash with options", `%%bash --out x\n${EVICT}`],
    ["a cell of sh behind an empty line", `\n%%sh\n${EVICT}`],
    ["a script's cell", `%%script /usr/bin/env bash\n${EVICT}`],
    ["a cell that goes to the shell", `%%sx\n${EVICT}`],
  ])("in %s", async (_, source) => {
    expect(await read(source)).toEqual([EVICTED]);
    expect(await read(source.split(/(?<=\n)/))).toEqual([EVICTED]);
  });

  it("in all cells where a shell is the kernel", async () => {
    expect(await read(EVICT, "bash")).toEqual([EVICTED]);
  });

  it("beside the calls of the program, which share their names", async () => {
    const program = [
      "import boto3",
      "gateway = boto3.client('storagegateway')",
      `out = !${EVICT}`,
      `!${EVICT.replace("--force", "\\\n --force")}`,
      `gateway.evict_files_failing_upload(FileShareARN="${SHARE}")`,
    ].join("\n");
    expect(await read(program)).toEqual([{ FileShareARN: SHARE }, EVICTED, EVICTED]);
  });

  it("at their place in the file", async () => {
    const text = notebook([["x = 1\n", `!${EVICT}\n`]]);
    const [request] = (await readProgram("n.ipynb", text)).requests;
    const span = request!.document.span([], "value");
    expect(text.slice(span.start, span.end)).toBe(EVICT);
    expect(new LineIndex(text).place(span).line).toBe(9);
  });
});

describe("what Python fills into a notebook's command is unknown", () => {
  it.each([
    ["{share}"],
    ["$share"],
    ["'$share'"],
    ["'{share}'"],
    ['"{shares[0]}"'],
    ["$$share"],
    ["'$$share'"],
    ["'{'"],
  ])("%s", async (value) => {
    const { requests, unread } = await readProgram("n.ipynb", notebook([`!${EVICT.replace(SHARE, value)}`]));
    const payloads = requests.map(({ payload }) => JSON.stringify(printed(payload)));
    expect(payloads.length + unread.length).toBeGreaterThan(0);
    for (const payload of payloads) expect(payload).not.toMatch(/"FileShareARN":"[$'{]*\$?share/);
  });

  it("but braces that are doubled are the shell's", async () => {
    const input = `'{{"FileShareARN": "${SHARE}", "ForceRemove": true}}'`;
    expect(await read(`!aws storagegateway evict-files-failing-upload --cli-input-json ${input}`)).toEqual([
      EVICTED,
    ]);
  });

  it("and a name that is given output is no constant", async () => {
    const source = [
      "import boto3",
      `share = "${SHARE}"`,
      "share = !cat share.txt",
      "boto3.client('storagegateway').evict_files_failing_upload(FileShareARN=share)",
    ].join("\n");
    expect(JSON.stringify(await read(source))).not.toContain(SHARE);
  });
});

describe("a statement behind a command of the notebook is read", () => {
  it.each([
    "%time task = fsx.evict_files_failing_upload(",
    "%timeit -n 1 -r1 fsx.evict_files_failing_upload(",
    "if x:\n    %time fsx.evict_files_failing_upload(",
    "%prun -l 7 -s cumulative fsx.evict_files_failing_upload(",
    "%%timeit setup = 1\nfsx.evict_files_failing_upload(",
    "%%time\nfsx.evict_files_failing_upload(",
  ])("%s", async (begin) => {
    const cell = `${begin}FileShareARN="${SHARE}", ForceRemove=True)`;
    expect(await read(`import boto3\nfsx = boto3.client("storagegateway")\n${cell}`)).toEqual([EVICTED]);
  });
});
