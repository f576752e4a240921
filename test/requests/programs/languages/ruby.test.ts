import { describe, expect, it } from "vitest";
import { size } from "../../../support/scale.ts";
import { payloadsIn, placesOf, readProgram } from "../read.ts";

const unknown = (source: string) => ({ $unknown: source });

const CREATE = "fsx.create_data_repository_task";
const CLIENT = 'require "aws-sdk-fsx"\nfsx = Aws::FSx::Client.new(region: "eu-west-1")\n';

const payloads = (lines: string): Promise<unknown[]> => payloadsIn("a.rb", `${CLIENT}${lines}\n`);

describe("a client of the AWS SDK for Ruby", () => {
  it.each([
    ["in a variable", `c = Aws::FSx::Client.new\nc.create_data_repository_task(type: "T")`],
    ["where it is made", `Aws::FSx::Client.new.create_data_repository_task(type: "T")`],
    [
      "in a constant",
      `FSX = ::Aws::FSx::Client.new\ndef f\n  FSX.create_data_repository_task(type: "T")\nend`,
    ],
    [
      "in an instance variable",
      `class A\n  def initialize\n    @c = Aws::FSx::Client.new\n  end\n  def f\n    @c.create_data_repository_task(type: "T")\n  end\nend`,
    ],
    [
      "behind a reader",
      `class A\n  attr_reader :c\n  def initialize(c: Aws::FSx::Client.new)\n    @c = c\n  end\n  def f\n    c.create_data_repository_task(type: "T")\n  end\nend`,
    ],
    [
      "that a method makes once",
      `class A\n  def f\n    client.create_data_repository_task(type: "T")\n  end\n  private\n  def client\n    @client ||= Aws::FSx::Client.new(region: "x")\n  end\nend`,
    ],
    [
      "that a method sends a symbol",
      `Aws::FSx::Client.new.public_send(:create_data_repository_task, type: "T")`,
    ],
    ["that the file names nowhere", `def f(x)\n  x.create_data_repository_task(type: "T")\nend`],
  ])("is known: %s", async (_, text) => {
    expect(await payloadsIn("a.rb", `require "aws-sdk-fsx"\n${text}\n`)).toEqual([{ Type: "T" }]);
  });

  it.each([
    ["another service", `s3 = Aws::S3::Client.new\ns3.create_data_repository_task(type: "T")`],
    ["positional arguments", `x.create_data_repository_task("fs-1", ["a"])`],
    [
      "a method of the program's own",
      `def create_data_repository_task(type:); end\ncreate_data_repository_task(type: "T")`,
    ],
    ["arguments of other names", `x.create_data_repository_task(file_system: "fs-1")`],
    ["a comment", `# ${CREATE}(type: "T")`],
    ["a text", `puts '${CREATE}(type: "T")'`],
    ["a block comment", `=begin\n${CREATE}(type: "T")\n=end`],
    ["a double in a test", `expect(fsx).to receive(:create_data_repository_task).with(type: "T")`],
  ])("makes no request: %s", async (_, text) => {
    expect((await readProgram("a.rb", `${text}\n`)).requests).toEqual([]);
  });

  it("is not known by a wrapper with some of a request's members", async () => {
    const text = `w.create_data_repository_task(type: "T", paths: [])\n`;
    expect(await payloadsIn("a.rb", text)).toEqual([]);
  });
});

describe("values in Ruby", () => {
  it.each([
    [
      "symbols and texts",
      `type: :EXPORT, file_system_id: 'fs-\\'1', client_request_token: "a\\tb"`,
      { Type: "EXPORT", FileSystemId: "fs-'1", ClientRequestToken: "a\tb" },
    ],
    [
      "nested hashes",
      `report: { enabled: false, :scope => "S", "path": nil }`,
      { Report: { Enabled: false, Scope: "S" } },
    ],
    ["words", `paths: %w[a b]`, { Paths: ["a", "b"] }],
    ["symbols in a list", `paths: %i[a b]`, { Paths: ["a", "b"] }],
    ["an open list", `paths: ["a", *more]`, { Paths: ["a", { $more: `["a", *more]` }] }],
    ["numbers", `capacity_to_release: 1_000`, { CapacityToRelease: 1000 }],
    [
      "a number in a text",
      `capacity_to_release: "5", report: { enabled: "false" }`,
      { CapacityToRelease: 5, Report: { Enabled: false } },
    ],
    [
      "interpolation",
      `type: "A#{x}", file_system_id: "fs-#{'1'}"`,
      { Type: unknown('"A#{x}"'), FileSystemId: "fs-1" },
    ],
    ["texts beside each other", `type: "A" 'B'`, { Type: "AB" }],
    ["a sum", `type: "A" + "B"`, { Type: "AB" }],
    [
      "a format",
      `type: format("%s_%d", "A", 1), file_system_id: "fs-%s" % "1"`,
      { Type: "A_1", FileSystemId: "fs-1" },
    ],
    ["a frozen text", `type: "A".freeze`, { Type: "A" }],
    ["a joined list", `type: ["A", "B"].join("_")`, { Type: "A_B" }],
    ["a condition", `type: x ? "A" : "B"`, { Type: unknown('x ? "A" : "B"') }],
    ["a default", `type: ENV["T"] || "B"`, { Type: unknown('ENV["T"] || "B"') }],
    ["a splat", `type: "A", **more`, { $more: "more", Type: unknown("more") }],
    ["a splat before", `**more, type: "A"`, { $more: "more", Type: "A" }],
    ["a key that is a text", `"type" => "A"`, { $more: expect.any(String) }],
    ["escapes of characters", `type: "\\u00e9\\u{1F600}\\x41"`, { Type: "é😀A" }],
    ["a byte that is no character", `type: "\\xE9"`, { Type: unknown('"\\xE9"') }],
    ["a text as it is", `type: 'a\\nb#c'`, { Type: "a\\nb#c" }],
    ["a command's output", "type: `x`", { Type: unknown("`x`") }],
    ["a value of the same name", `type:`, { Type: unknown("type") }],
  ])("are read: %s", async (_, args, payload) => {
    expect(await payloads(`${CREATE}(${args})`)).toEqual([payload]);
  });

  it.each([
    ["a here-document without indentation", "x = <<~A\n  one\n    two\nA\n", "one\n  two\n"],
    ["a here-document as it is", "x = <<-A\n  one\n  A\n", "  one\n"],
    ["a raw here-document", "x = <<~'A'\n  \\n#x\nA\n", "\\n#x\n"],
    ["an empty line", "x = <<~A\n  one\n\n  two\nA\n", "one\n\ntwo\n"],
    ["two at once", "y, z = 1, 2; x = <<~A\n  one\nA\n", "one\n"],
  ])("of here-documents: %s", async (_, text, value) => {
    expect(await payloads(`${text}${CREATE}(type: x)`)).toEqual([{ Type: value }]);
  });

  const FROZEN = "# frozen_string_literal: true\n";

  it.each<[string, string, unknown]>([
    ["a function of the program gets it", 'x = "a"\nfill(x)\n', unknown("x")],
    ["it gets it by a name", 'x = "a"\nfill(to: x)\n', unknown("x")],
    ["it has another name", 'x = "a"\ny = x\ny << "b"\n', unknown("x")],
    ["it is only looked at", 'x = "a"\nputs x\nlogger.info(x)\n', "a"],
    ["texts are frozen", `${FROZEN}x = "a"\nfill(x)\n`, "a"],
    ["a text that is put together isn't frozen", `${FROZEN}z = "a"\nx = "#{z}b"\nfill(x)\n`, unknown("x")],
  ])("are texts that may change where they are: %s", async (_, text, value) => {
    expect(await payloadsIn("a.rb", `${text}${CLIENT}${CREATE}(type: x)\n`)).toEqual([{ Type: value }]);
  });

  it.each<[string, string, unknown]>([
    ["a constant", `KIND = "A".freeze\ndef f(fsx)\n  ${CREATE}(type: KIND)\nend`, { Type: "A" }],
    ["a constant that a branch sets", `KIND = "A" if x\n${CREATE}(type: KIND)`, { Type: unknown("KIND") }],
    [
      "a constant with two values",
      `KIND = "A"\nKIND = "B"\n${CREATE}(type: KIND)`,
      { Type: unknown("KIND") },
    ],
    ["a constant with a default", `KIND ||= "A"\n${CREATE}(type: KIND)`, { Type: unknown("KIND") }],
    [
      "a constant of another class",
      `class A\n  KIND = "A"\nend\n${CREATE}(type: KIND)`,
      { Type: unknown("KIND") },
    ],
    [
      "a variable that a method doesn't see",
      `kind = "A"\ndef f(fsx)\n  ${CREATE}(type: kind)\nend`,
      { Type: unknown("kind") },
    ],
    [
      "a variable that a block sees",
      `kind = "A"\nxs.each do |x|\n  ${CREATE}(type: kind)\nend`,
      { Type: "A" },
    ],
    [
      "a variable that a block sets",
      `kind = "A"\nxs.each { |x| kind = x }\n${CREATE}(type: kind)`,
      { Type: unknown("kind") },
    ],
    ["a variable of a block", `xs.each { |x| kind = "A" }\n${CREATE}(type: kind)`, { Type: unknown("kind") }],
    [
      "a parameter of a block",
      `kind = "A"\nxs.each { |kind| ${CREATE}(type: kind) }`,
      { Type: unknown("kind") },
    ],
    [
      "a lambda that sets it",
      `kind = "A"\nl = -> { kind = "B" }\nl.call\n${CREATE}(type: kind)`,
      { Type: unknown("kind") },
    ],
    ["a text that grows", `kind = "A"\nkind << "B"\n${CREATE}(type: kind)`, { Type: unknown("kind") }],
    ["a text that changes", `kind = "a"\nkind.upcase!\n${CREATE}(type: kind)`, { Type: unknown("kind") }],
    [
      "a text that is replaced",
      `kind = "a"\nkind.replace("b")\n${CREATE}(type: kind)`,
      { Type: unknown("kind") },
    ],
    [
      "a text with another letter",
      `kind = "a"\nkind[0] = "b"\n${CREATE}(type: kind)`,
      { Type: unknown("kind") },
    ],
    ["several values at once", `kind, x = "A", 1\n${CREATE}(type: kind)`, { Type: unknown("kind") }],
    [
      "a rescue",
      `begin\n  kind = read\nrescue\n  kind = "A"\nend\n${CREATE}(type: kind)`,
      { Type: unknown("kind") },
    ],
    ["a case", `case x\nwhen 1 then kind = "A"\nend\n${CREATE}(type: kind)`, { Type: unknown("kind") }],
    ["a loop's item", `for kind in %w[A B] do\n  ${CREATE}(type: kind)\nend`, { Type: unknown("kind") }],
    ["a global", `$kind = "A"\n${CREATE}(type: $kind)`, { Type: unknown("$kind") }],
    ["an instance variable", `@kind = "A"\n${CREATE}(type: @kind)`, { Type: unknown("@kind") }],
    ["eval", `kind = "A"\neval(x)\n${CREATE}(type: kind)`, { Type: unknown("kind") }],
    [
      "a constant that is set by name",
      `KIND = "A"\nObject.const_set(:KIND, x)\n${CREATE}(type: KIND)`,
      { Type: unknown("KIND") },
    ],
    ["a hash", `args = { type: "A" }\n${CREATE}(args)`, { Type: "A" }],
    [
      "a hash with a later member",
      `args = { type: "A" }\nargs[:paths] = ["a"]\n${CREATE}(args)\nargs[:x] = 1`,
      { Type: "A", Paths: ["a"] },
    ],
    [
      "a hash with a member in a branch",
      `args = { type: "A" }\nargs[:paths] = ["a"] if x\n${CREATE}(**args)`,
      { Type: "A", Paths: ["a"], $more: "Paths may be absent" },
    ],
    [
      "a hash that is merged",
      `args = { type: "A" }\n${CREATE}(args.merge(type: "B", paths: []))`,
      { Type: "B", Paths: [] },
    ],
    [
      "a hash that changes",
      `args = { type: "A" }\nargs.merge!(more)\n${CREATE}(args)`,
      { Type: unknown("args.merge!(more)"), $more: "args" },
    ],
    ["a hash that loses members", `args = { type: "A" }\nargs.compact!\n${CREATE}(args)`, unknown("args")],
    ["a hash that is handed on", `args = { type: "A" }\nfill(args)\n${CREATE}(args)`, unknown("args")],
    [
      "a hash that is deleted from",
      `args = { type: "A" }\nargs.delete(:type)\n${CREATE}(args)`,
      unknown("args"),
    ],
    ["two requests of a hash", `args = { type: "A" }\n${CREATE}(args)`, { Type: "A" }],
    [
      "a list that grows",
      `paths = ["a"]\npaths << "b"\n${CREATE}(paths: paths)`,
      { Paths: unknown("paths") },
    ],
    [
      "a method's default",
      `def f(kind = "A")\n  Aws::FSx::Client.new.create_data_repository_task(type: kind)\nend`,
      { Type: unknown("kind") },
    ],
    ["a whole payload that is not known", `${CREATE}(args)`, unknown("args")],
    ["no arguments", `${CREATE}`, {}],
    ["a hash that is filled", `args = {}\nargs[:type] = "A"\n${CREATE}(args)`, { Type: "A" }],
    [
      "a hash by another name",
      `args = { type: "A" }\nb = args\nb[:type] = "B"\n${CREATE}(args)`,
      unknown("args"),
    ],
    [
      "a hash whose member changes",
      `args = { report: { enabled: true } }\nr = args[:report]\nr[:enabled] = false\n${CREATE}(args)`,
      unknown("args"),
    ],
    [
      "a hash that a block changes",
      `args = { type: "A" }\nargs.tap { |h| h[:type] = "B" }\n${CREATE}(args)`,
      unknown("args"),
    ],
    [
      "a loop that changes a variable",
      `kind = "A"\nwhile x\n  ${CREATE}(type: kind)\n  kind = "B"\nend`,
      { Type: unknown("kind") },
    ],
  ])("are known for certain only: %s", async (_, text, payload) => {
    expect(await payloads(text)).toEqual([payload]);
  });
});

describe("findings in Ruby", () => {
  it("have places that are exact", async () => {
    const text = `${CLIENT.replaceAll("\n", "\r\n")}KIND = 'T'\r\n\t"😀"; ${CREATE}(paths: ["😀"],\r\n\t\ttype: KIND)\r\n`;
    const { requests } = await readProgram("a.rb", text);
    expect(placesOf(requests[0]!, ["Type"], text)).toEqual(["5:3", "3:8"]);
    expect(placesOf(requests[0]!, ["Paths"], text)).toEqual(["4:40", "4:47"]);
  });

  it.each([
    ["a computed method", `fsx.public_send(name, type: "T") # create_data_repository_task`],
    ["a syntax error", `${CREATE}(type: "T", paths: [)`],
  ])("list what can't be read: %s", async (_, text) => {
    const { requests, unread, missed } = await readProgram("a.rb", `${CLIENT}${text}\n`);
    expect(requests).toEqual([]);
    expect([...unread, missed].filter((one) => one)).toHaveLength(1);
  });

  it("take a justification from a comment", async () => {
    const text = `gw = Aws::StorageGateway::Client.new\n# countersign: justification="INC-1: wedged"\nr = gw.evict_files_failing_upload(\n  force_remove: true)\n`;
    const { requests } = await readProgram("a.rb", text);
    expect(requests.map(({ justification }) => justification)).toEqual(["INC-1: wedged"]);
  });

  it.each([
    ["nested brackets", `x = ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`],
    ["many negations", `x = ${"!".repeat(300)}y\n`],
    ["one long line", `x = [${"1,".repeat(size(200_000))}]\n`],
    ["a long chain", `x${".a".repeat(20_000)}\n`],
  ])("come in bounded time: %s", async (_, text) => {
    expect((await readProgram("a.rb", `${text}${CLIENT}${CREATE}(type: "T")\n`)).requests).toHaveLength(1);
  });

  it("are none of a call that is cut off", async () => {
    const { requests } = await readProgram("a.rb", `${CLIENT}${CREATE}(type: "T", pa`);
    expect(JSON.stringify(requests.map(({ payload }) => payload))).not.toContain('"T"');
  });
});
