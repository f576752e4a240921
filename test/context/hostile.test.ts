import { describe, expect, it } from "vitest";
import { checkContext } from "../../src/context/envelope.ts";
import { contextSchemas } from "../../src/context/load/schemas.ts";
import { read, said, warned, wrong } from "./files.ts";
import * as aws from "./outputs.ts";

/** Runs within a time that a person waits, on a slow machine too. */
const SOON = 20_000;

describe("hostile context", () => {
  it("may be named like what every object has", async () => {
    const text = `{"NFSFileShareInfoList": [{"FileShareARN": "__proto__", "__proto__": {"polluted": 1}}]}`;
    const { store } = await read({ "a.json": text });
    const asked = { operation: aws.EVICT.operation, request: { FileShareARN: "__proto__" } };
    expect(Object.keys(store.recordsFor(asked).fileShare as object)).toEqual(["FileShareARN", "__proto__"]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    for (const name of ["constructor", "toString", "hasOwnProperty"]) {
      expect(store.recordsFor({ ...asked, request: { FileShareARN: name } })).toEqual({});
      expect(store.recordsFor({ operation: name, request: { [name]: name } })).toEqual({});
      expect(store.bucket(name)).toBeUndefined();
    }
  });

  it.each(["a.json", "a.yaml"])("with __proto__ at the top of %s is of no form", async (name) => {
    const { faults } = await wrong({ [name]: '{"__proto__": {"FileSystems": []}}' });
    expect(faults[0]!.message).toBe("no known form of context has `__proto__` at the top");
  });

  it("with __proto__ beside a gateway's members keeps them", async () => {
    const text = JSON.stringify(aws.gateway()).replace("{", '{"__proto__": {"GatewayState": "X"}, ');
    expect(await warned({ "a.json": text })).toEqual([
      "a.json:1:2 `__proto__` is not a member of the gateway",
    ]);
  });

  it.each([
    ["in JSON", "a.json", "[", "]"],
    ["in YAML", "a.yaml", "[", "]"],
  ])("that nests deep %s is refused", async (_where, name, open, close) => {
    const text = `{"FileSystems": ${open.repeat(5000)}${close.repeat(5000)}}`;
    const { faults } = await wrong({ [name]: text });
    expect(faults).toHaveLength(1);
    expect(faults[0]!.help).not.toContain("request is");
  });

  it("of a hundred thousand wrong items tells fifty of them", { timeout: SOON }, async () => {
    const { faults } = await wrong({ "a.json": `{"FileSystems": [${"1,".repeat(100_000)}1]}` });
    expect(faults).toHaveLength(50);
  });

  it("of a record with very many wrong members tells fifty of them", { timeout: SOON }, async () => {
    const text = `{"FileSystems": [{"FileSystemId": "fs-1", "SubnetIds": [${"1,".repeat(90_000)}1]}]}`;
    expect((await wrong({ "a.json": text })).faults).toHaveLength(50);
  });

  it("of a vast record is refused", { timeout: SOON }, async () => {
    const text = `{"FileSystems": [{"FileSystemId": "fs-1", "SubnetIds": [${"1,".repeat(3_000_000)}1]}]}`;
    expect(said((await wrong({ "a.json": text })).faults)[0]).toMatch(
      /:1:18 the file system has more than 100,000 parts$/,
    );
    const context = { cacheReports: new Array(200_000).fill(1) };
    const found = checkContext({ ...aws.EVICT, context }, await contextSchemas());
    expect(found.map(({ message }) => message)).toEqual(["`cacheReports` has more than 100,000 parts"]);
  });

  it("of twenty thousand shares, twice, is indexed", { timeout: SOON }, async () => {
    const shares = Array.from({ length: 20_000 }, (_, n) => ({
      FileShareARN: `${aws.SHARE}${n}`,
      Path: `/${n}`,
    }));
    const text = JSON.stringify({ NFSFileShareInfoList: shares });
    const { store, warnings } = await read({ "a.json": text, "b.json": text });
    expect(warnings).toEqual([]);
    const asked = { ...aws.EVICT, request: { FileShareARN: `${aws.SHARE}19999` } };
    expect(store.recordsFor(asked).fileShare).toEqual(shares[19_999]);
  });

  it("of very many contradictions tells fifty of them", { timeout: SOON }, async () => {
    const listOf = (path: string) => ({
      NFSFileShareInfoList: Array.from({ length: 5000 }, (_, n) => ({ FileShareARN: `s${n}`, Path: path })),
    });
    const { faults } = await wrong({ "a.json": listOf("/a"), "b.json": listOf("/b") });
    expect(faults).toHaveLength(50);
  });

  it("of very many owners with different lists tells a few", { timeout: SOON }, async () => {
    const listOf = (more: number) => ({
      DataRepositoryTasks: Array.from({ length: 4000 }, (_, n) => ({
        TaskId: `task-${n}-${n % 2 === 0 ? more : 0}`,
        FileSystemId: `fs-${n}`,
      })),
    });
    expect(await warned({ "a.json": listOf(1), "b.json": listOf(2) })).toHaveLength(20);
  });

  it("says nothing that a terminal acts on", async () => {
    const { faults } = await wrong({
      "a.json": { "\u001b[31mFileSystems": [] },
      "b.json": { mountPoints: { "\u202efs-1`": "/a" } },
    });
    expect(faults).toHaveLength(2);
    for (const line of said(faults)) expect(line).not.toMatch(/[\u001b\u202e]/);
  });
});
