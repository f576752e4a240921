import { describe, expect, it } from "vitest";
import { checkContext } from "../../src/context/envelope.ts";
import { loadContextSchemas } from "../../src/context/load/schemas.ts";
import { size } from "../support/scale.ts";
import { formatFaults, readContextOf, readFaults, readWarnings } from "./files.ts";
import * as aws from "./outputs.ts";

/** Timeout in milliseconds: generous for a slow machine, far below quadratic running time. */
const TIMEOUT = 20_000;

describe("readContext() of hostile input", () => {
  it("doesn't confuse names with members that every object inherits", async () => {
    const text = `{"NFSFileShareInfoList": [{"FileShareARN": "__proto__", "__proto__": {"polluted": 1}}]}`;
    const { store } = await readContextOf({ "a.json": text });
    const input = { operation: aws.EVICT.operation, request: { FileShareARN: "__proto__" } };
    expect(Object.keys(store.findRecords(input).fileShare as object)).toEqual(["FileShareARN", "__proto__"]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    for (const name of ["constructor", "toString", "hasOwnProperty"]) {
      expect(store.findRecords({ ...input, request: { FileShareARN: name } })).toEqual({});
      expect(store.findRecords({ operation: name, request: { [name]: name } })).toEqual({});
      expect(store.findBucket(name)).toBeUndefined();
    }
  });

  it.each(["a.json", "a.yaml"])("recognizes no form in %s with __proto__ at the top", async (name) => {
    const { faults } = await readFaults({ [name]: '{"__proto__": {"FileSystems": []}}' });
    expect(faults[0]!.message).toBe("no known form of context has `__proto__` at the top");
  });

  it("keeps a gateway's members beside __proto__", async () => {
    const text = JSON.stringify(aws.gateway()).replace("{", '{"__proto__": {"GatewayState": "X"}, ');
    expect(await readWarnings({ "a.json": text })).toEqual([
      "a.json:1:2 `__proto__` is not a member of the gateway",
    ]);
  });

  it.each([
    ["in JSON", "a.json", "[", "]"],
    ["in YAML", "a.yaml", "[", "]"],
  ])("rejects deep nesting %s", async (_where, name, open, close) => {
    const text = `{"FileSystems": ${open.repeat(5000)}${close.repeat(5000)}}`;
    const { faults } = await readFaults({ [name]: text });
    expect(faults).toHaveLength(1);
    expect(faults[0]!.help).not.toContain("request is");
  });

  it("reports 50 of 100,000 invalid items", { timeout: TIMEOUT }, async () => {
    const { faults } = await readFaults({ "a.json": `{"FileSystems": [${"1,".repeat(100_000)}1]}` });
    expect(faults).toHaveLength(50);
  });

  it("reports 50 of many invalid parts of one record", { timeout: TIMEOUT }, async () => {
    const text = `{"FileSystems": [{"FileSystemId": "fs-1", "SubnetIds": [${"1,".repeat(size(90_000))}1]}]}`;
    expect((await readFaults({ "a.json": text })).faults).toHaveLength(50);
  });

  it("rejects a record of more than 100,000 parts, in files and in envelopes", {
    timeout: TIMEOUT,
  }, async () => {
    const text = `{"FileSystems": [{"FileSystemId": "fs-1", "SubnetIds": [${"1,".repeat(size(3_000_000))}1]}]}`;
    expect(formatFaults((await readFaults({ "a.json": text })).faults)[0]).toMatch(
      /:1:18 the file system has more than 100,000 parts$/,
    );
    const context = { cacheReports: new Array(200_000).fill(1) };
    const found = checkContext({ ...aws.EVICT, context }, loadContextSchemas);
    expect(found.map(({ message }) => message)).toEqual(["`cacheReports` has more than 100,000 parts"]);
  });

  it("reads 20,000 file shares from two files", { timeout: TIMEOUT }, async () => {
    const shares = Array.from({ length: 20_000 }, (_, n) => ({
      FileShareARN: `${aws.SHARE}${n}`,
      Path: `/${n}`,
    }));
    const text = JSON.stringify({ NFSFileShareInfoList: shares });
    const { store, warnings } = await readContextOf({ "a.json": text, "b.json": text });
    expect(warnings).toEqual([]);
    const input = { ...aws.EVICT, request: { FileShareARN: `${aws.SHARE}19999` } };
    expect(store.findRecords(input).fileShare).toEqual(shares[19_999]);
  });

  it("reports 50 of 5,000 contradictions", { timeout: TIMEOUT }, async () => {
    const listOf = (path: string) => ({
      NFSFileShareInfoList: Array.from({ length: 5000 }, (_, n) => ({ FileShareARN: `s${n}`, Path: path })),
    });
    const { faults } = await readFaults({ "a.json": listOf("/a"), "b.json": listOf("/b") });
    expect(faults).toHaveLength(50);
  });

  it("reports 20 of 4,000 owners whose lists differ", { timeout: TIMEOUT }, async () => {
    const listOf = (more: number) => ({
      DataRepositoryTasks: Array.from({ length: 4000 }, (_, n) => ({
        TaskId: `task-${n}-${n % 2 === 0 ? more : 0}`,
        FileSystemId: `fs-${n}`,
      })),
    });
    expect(await readWarnings({ "a.json": listOf(1), "b.json": listOf(2) })).toHaveLength(20);
  });

  it("escapes terminal control characters in messages", async () => {
    const { faults } = await readFaults({
      "a.json": { "\u001b[31mFileSystems": [] },
      "b.json": { mountPoints: { "\u202efs-1`": "/a" } },
    });
    expect(faults).toHaveLength(2);
    for (const line of formatFaults(faults)) expect(line).not.toMatch(/[\u001b\u202e]/);
  });
});
