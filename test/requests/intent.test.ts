import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCheck } from "../../src/run/run.ts";
import { directory } from "../cli/run.ts";

const IO = { stdout: () => {}, stderr: () => {}, color: false, environment: process.env, stdin: 0 };
const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
const EVICT = `operation: storagegateway:EvictFilesFailingUpload
request:
  FileShareARN: ${SHARE}
  ForceRemove: true
`;

/** Codes with file and line, of a walk as the hook does it. */
async function walk(files: Record<string, string>, flags: object = {}) {
  const path = directory(files);
  const all = {
    context: [],
    rules: [],
    schemas: [],
    config: false as const,
    allowEmpty: true,
    skipUnrelated: true,
  };
  const { checked, status } = await runCheck([path], { ...all, ...flags }, IO);
  const { diagnostics } = checked.report;
  const said = diagnostics
    .filter(({ code }) => /^document|force-remove-justified/.test(code))
    .map(({ code, file, line, help }) => ({ code, file: file?.slice(path.length + 1), line, help }));
  return { status, said, path };
}

describe("an envelope whose payload stands under another key", () => {
  it.each(["parameters", "payload", "input", "body", "params"])("is an error: %s", async (key) => {
    const { status, said } = await walk({ "a.yaml": EVICT.replace("request:", `${key}:`) });
    expect(status).toBe(1);
    expect(said).toMatchObject([{ code: "document/envelope", line: 2, help: "did you mean `request`?" }]);
  });

  it("is an error where the key could be any, if it holds a member of the operation", async () => {
    const { status, said } = await walk({ "a.yaml": EVICT.replace("request:", "data:") });
    expect([status, said.map(({ code }) => code)]).toEqual([1, ["document/envelope"]]);
  });

  it("is an error where the members stand beside the operation", async () => {
    const text = `operation: storagegateway:EvictFilesFailingUpload\nFileShareARN: ${SHARE}\n`;
    const { status, said } = await walk({ "a.yaml": text });
    expect([status, said.map(({ code }) => code)]).toEqual([1, ["document/envelope"]]);
  });

  it("is an error without the service, if it holds a member of the operation", async () => {
    const text = EVICT.replace("storagegateway:Evict", "Evict").replace("request:", "parameters:");
    expect((await walk({ "a.yaml": text })).status).toBe(1);
  });
});

describe("an operation key of another tool", () => {
  it.each([
    ["a mapping template", '{ "version": "2018-05-29", "operation": "EvictFilesFailingUpload", "key": {} }'],
    ["a waiter", '{ "waiters": { "JobDone": { "operation": "StartCacheReport" } } }'],
    ["an API description", '{ "operation": "StartCacheReport", "request": { "shape": "Input" } }'],
    ["a request of another protocol", '{ "operation": "create", "request": { "url": "/a" }, "context": {} }'],
    ["a hidden operation", '{ "operation": "${OPERATION}", "request": { "url": "/a" } }'],
    ["broken JSON", '{ "operation": "StartCacheReport", "key": {} '],
  ])("is nothing: %s", async (_title, text) => {
    expect(await walk({ "a.json": text })).toMatchObject({ status: 0, said: [] });
  });
});

describe("files of our own", () => {
  it("hide no neighbours: a document like a rule file stands before a request", async () => {
    const { said } = await walk({ "a.yaml": `operation: x\nrules: []\n---\n${EVICT}` });
    expect(said).toMatchObject([{ code: "storagegateway/force-remove-justified", line: 7 }]);
  });

  it("hold no request if they are rule files, with their examples", async () => {
    const rules = `operation: storagegateway:EvictFilesFailingUpload\nrules:\n  - examples: [{ request: { FileShareARN: x } }]\n`;
    expect(await walk({ "a.yaml": rules })).toMatchObject({ status: 0, said: [] });
  });

  it("don't hide a request by the keys of rules beside its payload", async () => {
    const { said } = await walk({ "a.yaml": `${EVICT}rules: []\n` });
    expect(said.map(({ code }) => code)).toContain("storagegateway/force-remove-justified");
  });

  it("are passed over where an option names them, and checked if they hold a request", async () => {
    const files = {
      "ci/policy.yaml": "requests: [{ files: x, operation: 'fsx:CreateDataRepositoryTask' }]\n",
    };
    const path = directory(files);
    const all = { context: [], rules: [], schemas: [], allowEmpty: true };
    const config = join(path, "ci/policy.yaml");
    expect((await runCheck([path], { ...all, config }, IO)).checked.report.diagnostics).toEqual([]);
    expect((await walk(files)).said).toMatchObject([{ code: "document/no-request" }]);
    expect((await walk({ "countersign.yaml": EVICT })).status).toBe(1);
  });
});
