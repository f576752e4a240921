import { describe, expect, it } from "vitest";
import { size } from "../../../support/scale.ts";
import { payloadsIn, placesOf, readProgram } from "../read.ts";

const unknown = (source: string) => ({ $unknown: source });

const HEAD = "<?php\nuse Aws\\FSx\\FSxClient;\n";
const CLIENT = `${HEAD}$fsx = new FSxClient(['region' => 'eu-west-1']);\n`;
const CREATE = "$fsx->createDataRepositoryTask";

const payloads = (lines: string): Promise<unknown[]> => payloadsIn("a.php", `${CLIENT}${lines}\n`);

describe("a client of the AWS SDK for PHP", () => {
  it.each([
    ["in a variable", `${HEAD}$c = new FSxClient([]);\n$c->createDataRepositoryTask(['Type' => 'T']);`],
    ["by its full name", `<?php (new \\Aws\\FSx\\FSxClient([]))->createDataRepositoryTask(['Type' => 'T']);`],
    [
      "by another name",
      `<?php use Aws\\FSx\\FSxClient as C; $c = new C(); $c->createDataRepositoryTask(['Type' => 'T']);`,
    ],
    [
      "in a group",
      `<?php use Aws\\{FSx\\FSxClient, S3\\S3Client}; $c = new FSxClient(); $c->createDataRepositoryTask(['Type' => 'T']);`,
    ],
    [
      "of the SDK",
      `<?php $sdk = new Aws\\Sdk(); $c = $sdk->createFSx(); $c->createDataRepositoryTask(['Type' => 'T']);`,
    ],
    [
      "of the SDK by a name",
      `<?php $c = $sdk->createClient('fsx'); $c->createDataRepositoryTask(['Type' => 'T']);`,
    ],
    [
      "of a static method",
      `${HEAD}$c = FSxClient::factory([]); $c->createDataRepositoryTask(['Type' => 'T']);`,
    ],
    [
      "in a property",
      `${HEAD}class A { function __construct() { $this->c = new FSxClient([]); } function f() { $this->c->createDataRepositoryTask(['Type' => 'T']); } }`,
    ],
    [
      "in a typed property",
      `${HEAD}class A { private ?FSxClient $c; function f() { $this->c->createDataRepositoryTask(['Type' => 'T']); } }`,
    ],
    [
      "in a promoted property",
      `${HEAD}class A { function __construct(private readonly FSxClient $c) {} function f() { $this->c->createDataRepositoryTask(['Type' => 'T']); } }`,
    ],
    ["of a parameter", `${HEAD}function f(FSxClient $c) { $c->createDataRepositoryTask(['Type' => 'T']); }`],
    [
      "that a method returns",
      `${HEAD}class A { function c() { return new FSxClient([]); } function f() { $this->c()->createDataRepositoryTask(['Type' => 'T']); } }`,
    ],
    ["that is called later", `${CLIENT}${CREATE}Async(['Type' => 'T'])->wait();`],
    [
      "with a command",
      `${CLIENT}$fsx->execute($fsx->getCommand('CreateDataRepositoryTask', ['Type' => 'T']));`,
    ],
    [
      "that the file makes nowhere",
      `<?php use Aws\\Exception\\AwsException; function f($c) { $c->createDataRepositoryTask(['Type' => 'T']); }`,
    ],
  ])("is known: %s", async (_, text) => {
    expect(await payloadsIn("a.php", text)).toEqual([{ Type: "T" }]);
  });

  it.each([
    [
      "another service",
      "<?php $c = new Aws\\S3\\S3Client([]); $c->createDataRepositoryTask(['Type' => 'T']);",
    ],
    [
      "another library",
      "<?php $c = new Other\\FSxClient([]); $c->createDataRepositoryTask(['Type' => 'T']);",
    ],
    ["other arguments", "<?php $c->createDataRepositoryTask('fs-1', ['a']);"],
    ["other members", "<?php $c->createDataRepositoryTask(['fileSystem' => 'fs-1']);"],
    [
      "a method of the class itself",
      "<?php class A { function f() { $this->createDataRepositoryTask(['Type' => 'T']); } }",
    ],
    [
      "a comment",
      `${CLIENT}// ${CREATE}(['Type' => 'T']);\n# ${CREATE}(['Type' => 'T']);\n/* ${CREATE}([]); */`,
    ],
    ["a text", `${CLIENT}echo '${CREATE}([])';`],
    ["a method that is not called", `${CLIENT}$f = ${CREATE}(...);`],
    ["text outside of a program", `<p>${CREATE}(['Type' => 'T']);</p>`],
  ])("makes no request: %s", async (_, text) => {
    expect((await readProgram("a.php", `${text}\n`)).requests).toEqual([]);
  });
});

describe("values in PHP", () => {
  it.each<[string, string, unknown]>([
    [
      "texts",
      `'Type' => 'it\\'s', 'FileSystemId' => "fs-\\t\\$1", 'ClientRequestToken' => "\\u{1F600}\\x41"`,
      { Type: "it's", FileSystemId: "fs-\t$1", ClientRequestToken: "😀A" },
    ],
    [
      "what is no escape",
      `'Type' => "a\\qb", 'FileSystemId' => 'a\\nb'`,
      { Type: "a\\qb", FileSystemId: "a\\nb" },
    ],
    [
      "nested arrays",
      `'Report' => ['Enabled' => FALSE, "Scope" => null], 'Paths' => array('a', "b")`,
      { Report: { Enabled: false }, Paths: ["a", "b"] },
    ],
    ["empty arrays", `'Report' => [], 'Paths' => []`, { Report: {}, Paths: [] }],
    ["numbers", `'CapacityToRelease' => 1_000`, { CapacityToRelease: 1000 }],
    ["a text for a boolean", `'Report' => ['Enabled' => 'false']`, { Report: { Enabled: "false" } }],
    [
      "variables in texts",
      `'Type' => "a$x", 'FileSystemId' => "fs-{$y['z']}b"`,
      { Type: unknown('"a$x"'), FileSystemId: unknown(`"fs-{$y['z']}b"`) },
    ],
    ["a sum", `'Type' => 'A' . "B"`, { Type: "AB" }],
    [
      "a format",
      `'Type' => sprintf('%s_%d', 'A', 1), 'FileSystemId' => implode('-', ['fs', '1'])`,
      { Type: "A_1", FileSystemId: "fs-1" },
    ],
    ["a condition", `'Type' => $x ? 'A' : 'B'`, { Type: unknown("$x ? 'A' : 'B'") }],
    ["a default", `'Type' => $x ?? 'B'`, { Type: unknown("$x ?? 'B'") }],
    ["a spread", `'Type' => 'A', ...$more`, { $more: "$more", Type: unknown("$more") }],
    ["an open list", `'Paths' => ['a', ...$paths]`, { Paths: ["a", { $more: "['a', ...$paths]" }] }],
    ["a list with keys", `'Paths' => [0 => 'a', 1 => 'b']`, { Paths: unknown("[0 => 'a', 1 => 'b']") }],
    ["a reference", `'Paths' => [&$a]`, { Paths: unknown("[&$a]") }],
    ["a here-document", "'Type' => <<<EOT\n  a\n    b\n  EOT", { Type: "a\n  b" }],
    ["a here-document as it is", "'Type' => <<<'EOT'\na\\n\nEOT\n", { Type: "a\\n" }],
    ["an octal number", `'CapacityToRelease' => 010`, { CapacityToRelease: unknown("010") }],
  ])("are read: %s", async (_, members, payload) => {
    expect(await payloads(`${CREATE}([${members}]);`)).toEqual([payload]);
  });

  it.each<[string, string, unknown]>([
    ["a variable", `$kind = 'A';\n${CREATE}(['Type' => $kind]);`, { Type: "A" }],
    [
      "a variable that a branch sets",
      `if ($x) { $kind = 'A'; }\n${CREATE}(['Type' => $kind]);`,
      { Type: unknown("$kind") },
    ],
    [
      "a variable that is set again",
      `$kind = 'A';\n$kind = f();\n${CREATE}(['Type' => $kind]);`,
      { Type: unknown("$kind") },
    ],
    [
      "a variable that grows",
      `$kind = 'A';\n$kind .= 'B';\n${CREATE}(['Type' => $kind]);`,
      { Type: unknown("$kind") },
    ],
    [
      "a variable that a function doesn't see",
      `$kind = 'A';\nfunction f(FSxClient $fsx) { ${CREATE}(['Type' => $kind]); }`,
      { Type: unknown("$kind") },
    ],
    [
      "a global",
      `$kind = 'A';\nfunction f() { global $kind; $kind = 'B'; }\nf();\n${CREATE}(['Type' => $kind]);`,
      { Type: unknown("$kind") },
    ],
    [
      "a reference",
      `$kind = 'A';\n$b = &$kind;\n$b = 'B';\n${CREATE}(['Type' => $kind]);`,
      { Type: unknown("$kind") },
    ],
    [
      "an argument by reference",
      `function fix(&$k) { $k = 'B'; }\n$kind = 'A';\nfix($kind);\n${CREATE}(['Type' => $kind]);`,
      { Type: unknown("$kind") },
    ],
    [
      "a closure's variable by reference",
      `$kind = 'A';\n$f = function () use (&$kind) { $kind = 'B'; };\n$f();\n${CREATE}(['Type' => $kind]);`,
      { Type: unknown("$kind") },
    ],
    [
      "a loop's item",
      `foreach (['A'] as $kind) { ${CREATE}(['Type' => $kind]); }`,
      { Type: unknown("$kind") },
    ],
    [
      "a loop's item by reference",
      `$paths = ['a'];\nforeach ($paths as &$p) { $p = 'b'; }\n${CREATE}(['Paths' => $paths]);`,
      { Paths: unknown("$paths") },
    ],
    ["several at once", `[$kind, $x] = ['A', 1];\n${CREATE}(['Type' => $kind]);`, { Type: unknown("$kind") }],
    [
      "a variable by its name",
      `$kind = 'A';\n$$name = 'B';\n${CREATE}(['Type' => $kind]);`,
      { Type: unknown("$kind") },
    ],
    ["extract", `$kind = 'A';\nextract($x);\n${CREATE}(['Type' => $kind]);`, { Type: unknown("$kind") }],
    [
      "an included file",
      `$kind = 'A';\ninclude 'other.php';\n${CREATE}(['Type' => $kind]);`,
      { Type: unknown("$kind") },
    ],
    [
      "a constant",
      `const KIND = 'A';\nfunction f(FSxClient $fsx) { ${CREATE}(['Type' => KIND]); }`,
      { Type: "A" },
    ],
    ["a defined constant", `define('KIND', 'A');\n${CREATE}(['Type' => KIND]);`, { Type: "A" }],
    [
      "a constant of the class",
      `class A { private const KIND = 'A'; function f(FSxClient $fsx) { ${CREATE}(['Type' => self::KIND]); } }`,
      { Type: "A" },
    ],
    [
      "a constant that a class below may have",
      `class A { const KIND = 'A'; function f(FSxClient $fsx) { ${CREATE}(['Type' => static::KIND]); } }`,
      { Type: unknown("static::KIND") },
    ],
    [
      "a constant of another class",
      `class B { const KIND = 'A'; }\nclass A { function f(FSxClient $fsx) { ${CREATE}(['Type' => self::KIND]); } }`,
      { Type: unknown("self::KIND") },
    ],
    [
      "a default of a parameter",
      `function f(FSxClient $fsx, $kind = 'A') { ${CREATE}(['Type' => $kind]); }`,
      { Type: unknown("$kind") },
    ],
    [
      "an array",
      `$args = ['Type' => 'A'];\n$args['Paths'] = ['a'];\n${CREATE}($args);`,
      { Type: "A", Paths: ["a"] },
    ],
    [
      "an array with a member in a branch",
      `$args = ['Type' => 'A'];\nif ($x) { $args['Paths'] = ['a']; }\n${CREATE}($args);`,
      { Type: "A", Paths: ["a"], $more: "Paths may be absent" },
    ],
    [
      "an array without a member",
      `$args = ['Type' => 'A'];\nunset($args['Type']);\n${CREATE}($args);`,
      unknown("$args"),
    ],
    [
      "an array that changes deep inside",
      `$args = ['Report' => ['Enabled' => true]];\n$args['Report']['Enabled'] = $x;\n${CREATE}($args);`,
      unknown("$args"),
    ],
    [
      "arrays that are merged",
      `${CREATE}(array_merge(['Type' => 'A'], ['Type' => 'B', 'Paths' => []]));`,
      { Type: "B", Paths: [] },
    ],
    [
      "a command that changes",
      `$c = $fsx->getCommand('CreateDataRepositoryTask', ['Type' => 'A']);\n$c['Type'] = 'B';`,
      unknown("['Type' => 'A']"),
    ],
    [
      "a match",
      `$kind = match ($x) { 1 => 'A', default => 'B' };\n${CREATE}(['Type' => $kind]);`,
      { Type: unknown("match ($x) { 1 => 'A', default => 'B' }") },
    ],
    [
      "a catch",
      `try { $kind = f(); } catch (E $e) { $kind = 'A'; }\n${CREATE}(['Type' => $kind]);`,
      { Type: unknown("$kind") },
    ],
    ["no arguments", `${CREATE}();`, {}],
    ["a whole payload that is not known", `${CREATE}($args);`, unknown("$args")],
    ["an array that is filled", `$args = [];\n$args['Type'] = 'A';\n${CREATE}($args);`, { Type: "A" }],
    [
      "an array that another variable refers to",
      `$args = ['Type' => 'A'];\n$b = &$args;\n$b['Type'] = 'B';\n${CREATE}($args);`,
      unknown("$args"),
    ],
    [
      "an array that a closure changes",
      `$args = ['Type' => 'A'];\n$f = function () use (&$args) { $args['Type'] = 'B'; };\n$f();\n${CREATE}($args);`,
      unknown("$args"),
    ],
    [
      "a loop that changes a variable",
      `$kind = 'A';\nwhile ($x) { ${CREATE}(['Type' => $kind]); $kind = 'B'; }`,
      { Type: unknown("$kind") },
    ],
  ])("are known for certain only: %s", async (_, text, payload) => {
    expect(await payloads(text)).toEqual([payload]);
  });
});

describe("findings in PHP", () => {
  it("have places that are exact", async () => {
    const text = `${CLIENT.replaceAll("\n", "\r\n")}const KIND = 'T';\r\n\t"😀"; ${CREATE}(['Paths' => ["😀"],\r\n\t\t'Type' => KIND]);\r\n`;
    const { requests } = await readProgram("a.php", text);
    expect(placesOf(requests[0]!, ["Type"], text)).toEqual(["6:3", "4:14"]);
    expect(placesOf(requests[0]!, ["Paths"], text)).toEqual(["5:40", "5:51"]);
  });

  it.each([
    ["a computed method", "$fsx->$name([]); // CreateDataRepositoryTask"],
    ["a computed command", "$fsx->getCommand($name, []); // CreateDataRepositoryTask"],
    ["a syntax error", `${CREATE}(['Type' => 'T', 'Paths' => [);`],
  ])("list what can't be read: %s", async (_, text) => {
    const { requests, unread, missed } = await readProgram("a.php", `${CLIENT}${text}\n`);
    expect(requests).toEqual([]);
    expect([...unread, missed].filter((one) => one)).not.toEqual([]);
  });

  it.each(["#", "//"])("take a justification from a comment with %s", async (mark) => {
    const text = `<?php\n$gw = new Aws\\StorageGateway\\StorageGatewayClient([]);\n${mark} countersign: justification="INC-1: wedged"\n$r = $gw->evictFilesFailingUpload([\n  'ForceRemove' => true]);\n`;
    const { requests } = await readProgram("a.php", text);
    expect(requests.map(({ justification }) => justification)).toEqual(["INC-1: wedged"]);
  });

  it.each([
    ["nested brackets", `$x = ${"[".repeat(20_000)}${"]".repeat(20_000)};\n`],
    ["many negations", `$x = ${"!".repeat(300)}$y;\n`],
    ["a long sum", `$x = ${"'a' . ".repeat(20_000)}'b';\n`],
    ["one long line", `$x = [${"1,".repeat(size(200_000))}];\n`],
  ])("come in bounded time: %s", async (_, text) => {
    expect(
      (await readProgram("a.php", `${CLIENT}${text}${CREATE}(['Type' => 'T']);\n`)).requests,
    ).toHaveLength(1);
  });

  it("are none of a call that is cut off", async () => {
    const { requests } = await readProgram("a.php", `${CLIENT}${CREATE}(['Type' => 'T', 'Pa`);
    expect(JSON.stringify(requests.map(({ payload }) => payload))).not.toContain('"T"');
  });
});
