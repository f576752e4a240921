import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type {
  CodeAction,
  CompletionItem,
  Hover,
  InitializeParams,
  MarkupContent,
} from "vscode-languageserver/node.js";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { PullOrder } from "../../src/lsp/gather-facts.ts";
import { directory } from "../cli/run.ts";
import { startHere, uriOf } from "./client.ts";

const SNIPPETS = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };

/** Opens a document; the bar is where the cursor is. */
async function openAt(
  marked: string,
  name = "a.yaml",
  more: Partial<InitializeParams> = {},
  pull?: (order: PullOrder) => Promise<boolean>,
) {
  const root = directory({ ".git/HEAD": "" });
  const client = startHere(pull);
  await client.initialize(root, more);
  const uri = uriOf(join(root, name));
  const text = marked.replace("|", "");
  const document = TextDocument.create(uri, "", 1, text);
  await client.open(uri, text);
  await client.diagnostics(uri);
  const position = document.positionAt(marked.indexOf("|"));
  const params = { textDocument: { uri }, position };
  return { root, client, uri, document, params };
}

async function complete(marked: string, name?: string, more?: Partial<InitializeParams>) {
  const { client, params, document } = await openAt(marked, name, more);
  const items = await client.connection.sendRequest<CompletionItem[]>("textDocument/completion", params);
  const apply = (label: string): string => {
    const edit = items.find((item) => item.label === label)?.textEdit;
    return edit && "range" in edit ? TextDocument.applyEdits(document, [edit]) : "";
  };
  return { labels: items.map(({ label }) => label), items, apply };
}

async function hover(marked: string, name?: string): Promise<string | undefined> {
  const { client, params } = await openAt(marked, name);
  const found = await client.connection.sendRequest<Hover | null>("textDocument/hover", params);
  return (found?.contents as MarkupContent | undefined)?.value;
}

const HEAD = "operation: fsx:CreateDataRepositoryTask\nrequest:\n";

describe("hover", () => {
  it("tells the type, the limits, the values and the need of a member", async () => {
    expect(await hover(`${HEAD}  Ty|pe: EXPORT_TO_REPOSITORY\n`)).toMatch(
      /\*\*`Type`\*\* · string · required[\s\S]*one of `EXPORT_TO_REPOSITORY`, /,
    );
    const id = await hover(`${HEAD}  FileSystemId: fs-01|23456789abcdef0\n`);
    expect(id).toContain("11 to 21 characters");
    expect(id).toContain("pattern `^(fs-[0-9a-f]{8,})$`");
    expect(await hover(`${HEAD}  Report: { Ena|bled: false }\n`)).toContain("· boolean · required");
  });

  it("tells what an operation does, and why a finding is one", async () => {
    expect(await hover(HEAD.replace("Create", "Cre|ate"))).toContain("Move data between");
    const text = `${HEAD}  Type: EXPORT_TO_REPOSITORY\n  Paths: [s3://|b/x]\n  FileSystemId: fs-0123456789abcdef0\n  Report: { Enabled: false }\n`;
    expect(await hover(text)).toContain("**`fsx/export-paths-relative`**");
  });

  it("knows options of commands and members of calls", async () => {
    expect(await hover("aws fsx create-data-repository-task --type EXP|ORT\n", "s.sh")).toContain("`Type`");
    const call = 'boto3.client("fsx").create_data_repository_task(Type="EXP|ORT")\n';
    expect(await hover(`import boto3\n${call}`, "p.py")).toContain("`Type`");
  });

  it("has nothing to say of other text", async () => {
    expect(await hover("name: |x\n")).toBeUndefined();
  });
});

describe("completion in a request document", () => {
  it("proposes operations and the keys around a payload", async () => {
    const { labels, apply } = await complete("operation: fsx:Cr|");
    expect(labels).toContain("storagegateway:StartCacheReport");
    expect(apply("fsx:CreateDataRepositoryTask")).toBe("operation: fsx:CreateDataRepositoryTask");
    expect((await complete("op|")).labels).toEqual(expect.arrayContaining(["operation", "request"]));
    expect((await complete(`${HEAD}  Type: X\nju|`)).labels).toContain("justification");
  });

  it.each([
    ["on an empty line", `${HEAD}  |\n`],
    ["behind other members", `${HEAD}  Type: EXPORT_TO_REPOSITORY\n  Fi|\n`],
    ["between members", `${HEAD}  Type: EXPORT_TO_REPOSITORY\n  Fi|\n  Report:\n    Enabled: false\n`],
  ])("proposes members %s", async (_where, text) => {
    const { labels, items } = await complete(text);
    expect(labels).toContain("FileSystemId");
    expect(labels.includes("Type")).toBe(!text.includes("Type"));
    expect(items.find(({ label }) => label === "FileSystemId")).toMatchObject({
      detail: "string, required",
      sortText: "0FileSystemId",
    });
  });

  it("proposes members of members, with places for their values if the client takes them", async () => {
    const text = `${HEAD}  Type: EXPORT_TO_REPOSITORY\n  Report:\n    |\n`;
    const { labels, apply } = await complete(text, "a.yaml", { capabilities: SNIPPETS });
    expect(labels).toEqual(["Enabled", "Path", "Format", "Scope"]);
    expect(apply("Scope")).toContain("    Scope: ${1|FAILED_FILES_ONLY|}\n");
    expect((await complete(text)).apply("Scope")).toContain("    Scope: \n");
  });

  it("proposes values", async () => {
    expect((await complete(`${HEAD}  Type: |\n`)).labels).toContain("RELEASE_DATA_FROM_FILESYSTEM");
    expect((await complete(`${HEAD}  Report: { Enabled: | }\n`)).labels).toEqual(["true", "false"]);
  });

  it.each([
    ["the name in quotes", `{"Ty|"}`, "Type"],
    ["an open quote", `{"Ty|`, "Type"],
    ["a comma behind it", `{"Ty|", "FileSystemId": "x"}`, "Type"],
    ["a member before it", `{"FileSystemId": "x", |}`, "Type"],
    ["no comma before it", `{"FileSystemId": "x"\n |}`, "Type"],
    ["a value in quotes", `{"Type": "EX|"}`, "EXPORT_TO_REPOSITORY"],
    ["no value", `{"Type": |}`, "EXPORT_TO_REPOSITORY"],
  ])("reads JSON with %s", async (_what, payload, label) => {
    const text = `{"operation": "fsx:CreateDataRepositoryTask", "request": ${payload}${payload.endsWith("}") ? "}" : ""}`;
    const { labels } = await complete(payload.endsWith("}") ? text : `${text}}}`, "a.json");
    expect(labels).toContain(label);
  });

  it("speaks the language of the container", async () => {
    const machine =
      '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:storagegateway:startCacheReport","Parameters":{"FileShare|"},"End":true}}}';
    const { labels } = await complete(machine, "m.asl.json");
    expect(labels).toContain("FileShareARN");
  });

  it("proposes nothing elsewhere", async () => {
    expect((await complete("name: x\nother: |\n")).labels).toEqual([]);
  });
});

describe("completion in a script", () => {
  it("proposes services, commands, options and values", async () => {
    expect((await complete("aws |", "s.sh")).labels).toContain("fsx");
    expect((await complete("aws fsx create-|", "s.sh")).apply("create-data-repository-task")).toBe(
      "aws fsx create-data-repository-task",
    );
    const text = "aws fsx create-data-repository-task \\\n  --type EXPORT_TO_REPOSITORY --|";
    const { labels, apply } = await complete(text, "s.sh");
    expect(labels).toEqual(expect.arrayContaining(["--file-system-id", "--no-verify-ssl", "--region"]));
    expect(labels).not.toContain("--type");
    expect(apply("--file-system-id")).toMatch(/ --file-system-id$/);
    expect((await complete("aws fsx create-data-repository-task --type |", "s.sh")).labels).toContain(
      "AUTO_RELEASE_DATA",
    );
  });

  const TASK = "aws fsx create-data-repository-task";

  it.each([
    ["a name", `${TASK} --report |`, ["Enabled", "Path", "Format", "Scope"]],
    ["the next name", `${TASK} --report Enabled=true,Fo|`, ["Path", "Format", "Scope"]],
    ["a name in quotes", `${TASK} --report "Enabled=true,|`, ["Path", "Format", "Scope"]],
    ["a value", `${TASK} --report Path=s3://b/x,Scope=|`, ["FAILED_FILES_ONLY"]],
    ["a boolean", `${TASK} --report=Enabled=|`, ["true", "false"]],
    [
      "a name in a structure",
      `${TASK} --release-configuration DurationSinceLastAccess={Unit=DAYS,|`,
      ["Value"],
    ],
    ["a value in a structure", `${TASK} --release-configuration DurationSinceLastAccess={Unit=|`, ["DAYS"]],
    [
      "a name behind a structure",
      `${TASK} --release-configuration DurationSinceLastAccess={Unit=DAYS},|`,
      [],
    ],
    ["an item of a list", `${TASK} --tags Key=a,Value=b Key=c,|`, ["Value"]],
  ])("proposes %s in shorthand", async (_name, text, expected) => {
    expect((await complete(text, "s.sh")).labels).toEqual(expected);
  });

  it("puts the name of a member and its sign into shorthand", async () => {
    const { apply } = await complete(`${TASK} --report Enabled=true,Sc|`, "s.sh");
    expect(apply("Scope")).toBe(`${TASK} --report Enabled=true,Scope=`);
  });

  it.each([`${TASK} --type=EXP|`, `${TASK} --type |`])(
    "proposes the values of an option: %s",
    async (text) => {
      expect((await complete(text, "s.sh")).labels).toContain("EXPORT_TO_REPOSITORY");
    },
  );

  it("proposes nothing in shorthand for a value in JSON or in a file", async () => {
    expect((await complete(`${TASK} --report '{"En|`, "s.sh")).labels).toEqual([]);
    expect((await complete(`${TASK} --report file://re|`, "s.sh")).labels).toEqual([]);
  });

  it("ends with the command", async () => {
    expect((await complete("aws fsx describe-file-systems && |", "s.sh")).labels).toEqual([]);
  });
});

const MISTYPED = `${HEAD}  Type: IMPORT_METADATA_FROM_REPOSITORY\n  FileSystemID: |fs-0123456789abcdef0\n  Paths: [s3://b/x]\n  Report: { Enabled: "false" }\n`;

describe("code actions", () => {
  const FULL = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

  it("fix one finding or all, in the unsaved text", async () => {
    const { client, uri, document } = await openAt(MISTYPED);
    const ask = (context: object) =>
      client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri },
        range: FULL,
        context: { diagnostics: [], ...context },
      });
    const quick = await ask({ only: ["quickfix"] });
    const rename = quick.find(({ title }) => title === "write `FileSystemId`");
    expect(rename).toMatchObject({ kind: "quickfix", isPreferred: true });
    expect(rename?.diagnostics?.[0]?.code).toBe("schema/unknown-field");
    const [all] = await ask({ only: ["source.fixAll"] });
    const fixed = TextDocument.applyEdits(document, all?.edit?.changes?.[uri] ?? []);
    expect(fixed).toContain("FileSystemId: fs-");
    expect(fixed).toContain("Enabled: false");
  });

  it("offer nothing for a text that has changed since", async () => {
    const { client, uri } = await openAt(MISTYPED);
    await client.change(uri, [{ text: "name: x\n" }]);
    expect(
      await client.connection.sendRequest("textDocument/codeAction", {
        textDocument: { uri },
        range: FULL,
        context: { diagnostics: [] },
      }),
    ).toBeNull();
  });
});

const OPEN = `${HEAD}  Type: EXPORT_TO_REPOSITORY\n  FileSystemId: |fs-0123456789abcdef0\n  Paths: [x]\n  Report: { Enabled: false }\n`;

describe("gathering facts", () => {
  const run = async (trusted: boolean | undefined, answer: string | undefined) => {
    const orders: PullOrder[] = [];
    const { client, uri, root } = await openAt(
      OPEN,
      "a.yaml",
      trusted === undefined ? {} : { initializationOptions: { trusted } },
      async (order) => {
        orders.push(order);
        return true;
      },
    );
    const asked: string[] = [];
    const told: string[] = [];
    client.connection.onRequest("window/showMessageRequest", ({ message, actions }) => {
      asked.push(message);
      return actions?.find(({ title }: { title: string }) => title === answer) ?? null;
    });
    client.connection.onNotification("window/showMessage", ({ message }) => void told.push(message));
    await client.connection.sendRequest("workspace/executeCommand", {
      command: "countersign.gatherFacts",
      arguments: [uri],
    });
    return { orders, asked, told, root };
  };

  it("asks first, names the commands, and takes the unsaved text", async () => {
    const { orders, asked, root } = await run(true, "gather");
    expect(asked[0]).toContain("aws fsx describe-file-systems");
    expect(orders).toHaveLength(1);
    expect(orders[0]?.out).toBe(join(root, "context"));
    expect(orders[0]?.sources[0]?.source).toMatchObject({ text: OPEN.replace("|", "") });
  });

  it("runs nothing without a yes", async () => {
    expect((await run(true, "cancel")).orders).toEqual([]);
    expect((await run(true, undefined)).orders).toEqual([]);
  });

  it.each([false, undefined])("explains itself in a workspace whose trust is %s", async (trusted) => {
    const { orders, asked, told } = await run(trusted, "gather");
    expect(orders).toEqual([]);
    expect(asked).toEqual([]);
    expect(told).toEqual([expect.stringContaining("only in a workspace that you trust")]);
  });
});
