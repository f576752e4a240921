import { describe, expect, it } from "vitest";
import { readProgram } from "./read.ts";

const GO = 'package main\n\nimport "github.com/aws/aws-sdk-go-v2/service/fsx"\n\n';
const MADE = '&fsx.CreateDataRepositoryTaskInput{Type: "T"}';
const JAVA =
  "import software.amazon.awssdk.services.fsx.FsxClient;\nimport software.amazon.awssdk.services.fsx.model.*;\n";
const BUILT = 'CreateDataRepositoryTaskRequest.builder().type("T").build()';

const countsIn = async (file: string, text: string) => {
  const { requests, unread } = await readProgram(file, text);
  return { requests: requests.length, unread: unread.map(({ why }) => why) };
};

describe("a call in Go that is given a request", () => {
  it.each([
    [
      "of a parameter",
      "func f(in *fsx.CreateDataRepositoryTaskInput) { c.CreateDataRepositoryTask(ctx, in) }",
    ],
    ["of a field that nobody sets", "func f(s S) { c.CreateDataRepositoryTask(ctx, s.task) }"],
    ["of another package", "func f() { c.CreateDataRepositoryTask(ctx, requests.Task()) }"],
    ["out of a list", "func f(all []T) { for _, in := range all { c.CreateDataRepositoryTask(ctx, in) } }"],
    [
      "in version 1",
      "func f(in *fsx.CreateDataRepositoryTaskInput) { c.CreateDataRepositoryTaskWithContext(ctx, in) }",
    ],
    ["by a method that is handed on", "func f() { run(c.CreateDataRepositoryTask) }"],
  ])("that isn't made there is listed, also beside one that is: %s", async (_, line) => {
    const other = `func g() { c.CreateDataRepositoryTask(ctx, ${MADE}) }\n`;
    const { requests, unread } = await countsIn("a.go", `${GO}${other}${line}\n`);
    expect(requests).toBe(1);
    expect(unread).toEqual([
      expect.stringMatching(
        /^`.*` is (?:made somewhere else|handed on): what `fsx:CreateDataRepositoryTask` is called with is not known$/,
      ),
    ]);
  });

  it.each([
    [
      "of one of two",
      `func f() { in := ${MADE}; if x { in = ${MADE} }; c.CreateDataRepositoryTask(ctx, in) }`,
    ],
    ["of a variable", `func f() { in := ${MADE}; c.CreateDataRepositoryTask(ctx, in) }`],
    ["of a function", `func b() *T { return ${MADE} }\nfunc f() { c.CreateDataRepositoryTask(ctx, b()) }`],
    [
      "of a method",
      `func (b B) in() *T { return ${MADE} }\nfunc f() { c.CreateDataRepositoryTask(ctx, b.in()) }`,
    ],
    [
      "of a function that may fail",
      `func b() (*T, error) { return ${MADE}, nil }\nfunc f() { in, err := b(); c.CreateDataRepositoryTask(ctx, in) }`,
    ],
    ["of a field", `func f() { s.in = ${MADE}; c.CreateDataRepositoryTask(ctx, s.in) }`],
    ["through a wrapper", `func f() { c.CreateDataRepositoryTask(ctx, with(${MADE})) }`],
  ])("that is made there is read there, and not listed: %s", async (_, line) => {
    expect(await countsIn("a.go", `${GO}${line}\n`)).toEqual({ requests: 1, unread: [] });
  });

  it.each([
    ["for a wrapper's text", 'func f() { w.CreateDataRepositoryTask(ctx, "fs-1") }'],
    ["for a waiter", "func f() { waiter.Wait(ctx, &fsx.CreateDataRepositoryTaskInput{}, time.Minute) }"],
  ])("isn't taken %s", async (_, line) => {
    expect(await countsIn("a.go", `${GO}${line}\n`)).toEqual({ requests: 0, unread: [] });
  });
});

describe("a call in Java that is given a request", () => {
  it.each([
    ["of a parameter", "void f(CreateDataRepositoryTaskRequest r) { fsx.createDataRepositoryTask(r); }"],
    ["of a consumer", "void f(Consumer<Object> r) { fsx.createDataRepositoryTask(r); }"],
    ["of a method elsewhere", "void f() { fsx.createDataRepositoryTask(requests.task()); }"],
    ["of a method reference", "void f() { fsx.createDataRepositoryTask(this::fill); }"],
    [
      "of a lambda of a client that isn't known",
      "void f() { other.get().createDataRepositoryTask(r -> r.type(t)); }",
    ],
    ["by a method that is handed on", "void f() { run(fsx::createDataRepositoryTask); }"],
  ])("that isn't made there is listed, also beside one that is: %s", async (_, line) => {
    const other = `void g() { fsx.createDataRepositoryTask(${BUILT}); }`;
    const { requests, unread } = await countsIn("A.java", `${JAVA}class A {\n${other}\n${line}\n}\n`);
    expect(requests).toBe(1);
    expect(unread).toHaveLength(1);
  });

  it.each([
    ["of a variable", `void f() { var r = ${BUILT}; fsx.createDataRepositoryTask(r); }`],
    ["of a method", `T make() { return ${BUILT}; }\nvoid f() { fsx.createDataRepositoryTask(make()); }`],
    ["of a field", `T task = ${BUILT};\nvoid f() { fsx.createDataRepositoryTask(this.task); }`],
    ["of one of two", `void f() { fsx.createDataRepositoryTask(x ? ${BUILT} : other); }`],
    ["of a lambda", 'FsxClient fsx;\nvoid f() { fsx.createDataRepositoryTask(r -> r.type("T")); }'],
  ])("that is made there is read there, and not listed: %s", async (_, line) => {
    expect(await countsIn("A.java", `${JAVA}class A {\n${line}\n}\n`)).toEqual({ requests: 1, unread: [] });
  });
});

const NET = "using Amazon.FSx;\nusing Amazon.FSx.Model;\n";
const INITIALIZED = 'new CreateDataRepositoryTaskRequest { Type = "T" }';

describe("a call in C# that is given a request", () => {
  it.each([
    ["of a parameter", "void F(CreateDataRepositoryTaskRequest r) { fsx.CreateDataRepositoryTaskAsync(r); }"],
    ["of a method elsewhere", "void F() { fsx.CreateDataRepositoryTask(requests.Task(), token); }"],
    ["by a method that is handed on", "void F() { Run(fsx.CreateDataRepositoryTaskAsync); }"],
  ])("that isn't made there is listed, also beside one that is: %s", async (_, line) => {
    const other = `void G() { fsx.CreateDataRepositoryTaskAsync(${INITIALIZED}); }`;
    const { requests, unread } = await countsIn("A.cs", `${NET}class A {\n${other}\n${line}\n}\n`);
    expect(requests).toBe(1);
    expect(unread).toHaveLength(1);
  });

  it.each([
    ["of a variable", `void F() { var r = ${INITIALIZED}; fsx.CreateDataRepositoryTaskAsync(r); }`],
    ["of a method", `T Make() => ${INITIALIZED};\nvoid F() { fsx.CreateDataRepositoryTaskAsync(Make()); }`],
    ["of a field", `T task = ${INITIALIZED};\nvoid F() { fsx.CreateDataRepositoryTaskAsync(this.task); }`],
    [
      "of one of two",
      `void F() { var r = ${INITIALIZED}; if (x) r = Other(); fsx.CreateDataRepositoryTaskAsync(r); }`,
    ],
  ])("that is made there is read there, and not listed: %s", async (_, line) => {
    expect(await countsIn("A.cs", `${NET}class A {\n${line}\n}\n`)).toEqual({ requests: 1, unread: [] });
  });
});
