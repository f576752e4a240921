import { describe, expect, it } from "vitest";
import { payloadsIn, placesOf, readProgram } from "../read.ts";

const unknown = (source: string) => ({ $unknown: source });

const NEW = "New-FSXDataRepositoryTask";
const FS = "-FileSystemId fs-1";

const payloads = (text: string): Promise<unknown[]> => payloadsIn("a.ps1", `${text}\n`);

describe("a request of AWS Tools for PowerShell", () => {
  it.each([
    ["with words", `${NEW} ${FS} -Type EXPORT`, { FileSystemId: "fs-1", Type: "EXPORT" }],
    [
      "over several lines",
      `${NEW} \`\n  ${FS} \`\r\n  -Type "EXPORT"`,
      { FileSystemId: "fs-1", Type: "EXPORT" },
    ],
    [
      "with colons",
      `${NEW} -Type:'EXPORT' -FileSystemId:$id`,
      { Type: "EXPORT", FileSystemId: unknown("$id") },
    ],
    ["in any case", `new-fsxdatarepositorytask -TYPE EXPORT`, { Type: "EXPORT" }],
    ["by its module", `AWS.Tools.FSx\\${NEW} -Type EXPORT`, { Type: "EXPORT" }],
    ["called by an operator", `& ${NEW} -Type EXPORT`, { Type: "EXPORT" }],
    ["called by a variable", `$command = "${NEW}"\n& $command -Type EXPORT`, { Type: "EXPORT" }],
    ["whose result is kept", `$task = (${NEW} -Type EXPORT).TaskId`, { Type: "EXPORT" }],
    ["in a function", `function F {\n  param($x)\n  ${NEW} -Type EXPORT\n}`, { Type: "EXPORT" }],
    ["in a pipe", `${NEW} -Type EXPORT | Out-Null`, { Type: "EXPORT" }],
    [
      "with members of structures",
      `${NEW} -Report_Enabled $true -Report_Path s3://b/x -DurationSinceLastAccess_Value 5 -CapacityToRelease 7`,
      {
        Report: { Enabled: true, Path: "s3://b/x" },
        ReleaseConfiguration: { DurationSinceLastAccess: { Value: 5 } },
        CapacityToRelease: 7,
      },
    ],
    [
      "with what all cmdlets have",
      `${NEW} -Type EXPORT -Region eu-west-1 -Force -Select '*' -PassThru -WhatIf:$false -ErrorAction Stop`,
      { Type: "EXPORT" },
    ],
    ["with a list", `${NEW} -Path "a", 'b', $c`, { Paths: ["a", "b", unknown("$c")] }],
    ["with words in a list", `${NEW} -Path a,b -Type EXPORT`, { Paths: ["a", "b"], Type: "EXPORT" }],
    [
      "with words and blanks in a list",
      `${NEW} -Path a, /b,  c -Type EXPORT`,
      { Paths: ["a", "/b", "c"], Type: "EXPORT" },
    ],
    ["with a value in another case", `${NEW} -Type export_to_repository`, { Type: "EXPORT_TO_REPOSITORY" }],
    ["behind a prompt", `PS C:\\> ${NEW} -Type EXPORT`, { Type: "EXPORT" }],
    [
      "behind a short prompt",
      `PS> ${NEW} -Type EXPORT \`\n>> -FileSystemId fs-1`,
      { Type: "EXPORT", FileSystemId: "fs-1" },
    ],
    ["in a block that is called", `& { ${NEW} -Type EXPORT }`, { Type: "EXPORT" }],
    [
      "behind a block with a comment alone",
      `$p = @{ Type = "EXPORT" }\nif ($a) {\n  # nothing\n}\n${NEW} @p`,
      { Type: "EXPORT" },
    ],
    ["with an array", `${NEW} -Paths @("a"\n"b")`, { Paths: ["a", "b"] }],
    ["with one value for a list", `${NEW} -Path a`, { Paths: ["a"] }],
    [
      "with tables",
      `${NEW} -Tag @{ Key = "a"; value = 'b' }, @{Key="c";Value=$d}`,
      {
        Tags: [
          { Key: "a", Value: "b" },
          { Key: "c", Value: unknown("$d") },
        ],
      },
    ],
    [
      "with parameters in a table",
      `$p = @{\n  FileSystemId = "fs-1"\n  "Type" = "X"\n}\n$p.Report_Enabled = $false\n$p['type'] = "EXPORT"\n${NEW} @p`,
      { FileSystemId: "fs-1", Type: "EXPORT", Report: { Enabled: false } },
    ],
    ["with an ordered table", `$p = [ordered]@{ Type = "EXPORT" }\n${NEW} @p`, { Type: "EXPORT" }],
    ["with a constant", `$Fs = "fs-1"\n${NEW} -FileSystemId $fs`, { FileSystemId: "fs-1" }],
    ["with a variable in braces", `$fs = "fs-1"\n${NEW} -FileSystemId \${FS}`, { FileSystemId: "fs-1" }],
    ["with a sum of texts", `$a = "fs-" + '1'\n${NEW} -FileSystemId $a`, { FileSystemId: "fs-1" }],
    [
      "with escapes",
      `${NEW} -Report_Path "a\`tb""c\`$d" -Type 'it''s $x'`,
      { Report: { Path: 'a\tb"c$d' }, Type: "it's $x" },
    ],
    ["with a text of lines", `${NEW} -Type @'\na\n$b\n'@`, { Type: "a\n$b" }],
  ])("is read: %s", async (_, text, payload) => {
    expect(await payloads(text)).toEqual([payload]);
  });

  it.each([
    ["a variable of two values", `$a = "x"\n$a = "y"\n${NEW} -Type $a`],
    ["another case", `$a = "x"\n$A = "y"\n${NEW} -Type $a`],
    ["a sum later", `$a = "x"\n$a += "y"\n${NEW} -Type $a`],
    ["a branch", `if ($b) { $a = "x" }\n${NEW} -Type $a`],
    ["a parameter", `$a = "x"\nfunction F($a) { ${NEW} -Type $a }`],
    ["a parameter with a default", `function F {\n  param([string]$a = "x")\n  ${NEW} -Type $a\n}`],
    ["a caller's variable", `$a = "x"\nfunction F {\n  ${NEW} -Type $a\n}\nfunction G {\n  $a = "y"\n  F\n}`],
    ["a function that is called before", `function F {\n  ${NEW} -Type $a\n}\nF\n$a = "x"`],
    ["a variable of another function", `function G {\n  $a = "x"\n}\nfunction F {\n  ${NEW} -Type $a\n}`],
    ["a variable of a loop", `$a = "x"\nforeach ($a in $b) { }\n${NEW} -Type $a`],
    ["a command that sets variables", `$a = "x"\nSet-Variable a y\n${NEW} -Type $a`],
    ["an output variable", `$a = "x"\nGet-Item b -OutVariable a\n${NEW} -Type $a`],
    ["a script that runs in place", `$a = "x"\n. ./settings.ps1\n${NEW} -Type $a`],
    ["an expression that runs", `$a = "x"\nInvoke-Expression $b\n${NEW} -Type $a`],
    ["a reference", `$a = "x"\nF ([ref]$a)\n${NEW} -Type $a`],
    ["several at once", `$a, $b = "x", "y"\n${NEW} -Type $a`],
    ["the scope of the script", `$a = "x"\nfunction F {\n  $script:a = "y"\n}\nF\n${NEW} -Type $a`],
    ["the environment", `$env:a = "x"\n${NEW} -Type $env:a`],
    ["a conversion", `$a = [MyType]"x"\n${NEW} -Type $a`],
    ["a format", `$a = "{0}" -f "x"\n${NEW} -Type $a`],
    ["an expression in a text", `${NEW} -Type "$($a.b)"`],
    ["a line that can't be parsed", `$a = "x"\n${NEW} -Type $a\nF -B $c, b`],
    ["a command", `${NEW} -Type (Get-Content a)`],
  ])("has a member that isn't known by %s", async (_, text) => {
    const [payload] = await payloads(text);
    expect(payload).toEqual({ Type: expect.objectContaining({ $unknown: expect.any(String) }) });
  });

  it.each([
    ["a table that isn't known", `${NEW} @params -Type EXPORT`],
    ["a table that something else gets", `$p = @{ Type = "X" }\nF $p\n${NEW} @p -Type EXPORT`],
    ["another name for a table", `$p = @{ Path = "X" }\n$q = $p\n$q.Path = "y"\n${NEW} @p -Type EXPORT`],
    ["a pipe", `Get-X | ${NEW} -Type EXPORT`],
    ["a value by its position", `${NEW} fs-1 -Type EXPORT`],
    ["nothing", `${NEW} -Path $null -Type EXPORT`],
    ["a branch", `$p = @{}\nif ($a) { $p.Path = "x" }\n${NEW} @p -Type EXPORT`],
  ])("may have more members by %s", async (_, text) => {
    expect(await payloads(text)).toEqual([
      expect.objectContaining({ Type: "EXPORT", $more: expect.anything() }),
    ]);
  });

  it.each([
    ["a parameter that isn't known", `${NEW} -Typ EXPORT`],
    ["a parameter without a value", `${NEW} -Type -Path a`],
    ["a structure as a whole", `${NEW} -Report @{ Enabled = $false }`],
    ["a key of a table that is no parameter", `$p = @{ Typ = "EXPORT" }\n${NEW} @p`],
    ["words that the grammar doesn't know", `${NEW} -Path $a, b -Type EXPORT`],
    ["another name", `Set-Alias task ${NEW}\ntask -Type EXPORT`],
    ["another name by parameters", `New-Alias -Name task -Value ${NEW}`],
    ["what finds it", `& (Get-Command ${NEW}) -Type EXPORT`],
    ["an error inside", `${NEW} -Type EXPORT -Path @("a"\n`],
    ["a function of its name", `function ${NEW} {\n  param($Type)\n}\n${NEW} -Type EXPORT`],
  ])("is unread with %s", async (_, text) => {
    const { requests, unread, missed } = await readProgram("a.ps1", `${text}\n`);
    expect(requests).toEqual([]);
    expect(unread[0] ?? missed).toMatchObject({ language: "powershell" });
  });

  it.each([
    ["a comment", `# ${NEW} -Type EXPORT`],
    ["a block of comments", `<#\n${NEW} -Type EXPORT\n#>`],
    ["a text", `$a = '${NEW} -Type EXPORT'`],
    ["what shows it", `Get-Command ${NEW}`],
    ["its help", `Get-Help ${NEW}`],
  ])("is none in %s", async (_, text) => {
    expect(await payloads(text)).toEqual([]);
  });

  it("stands at its values, and at its constants'", async () => {
    const text = `$fs = "fs-1"\r\n${NEW} -FileSystemId $fs \`\r\n\t-Report_Enabled $false\r\n`;
    const { requests } = await readProgram("a.ps1", text);
    expect(placesOf(requests[0]!, ["FileSystemId"], text)).toEqual(["2:27", "1:7"]);
    expect(placesOf(requests[0]!, ["Report", "Enabled"], text)).toEqual(["3:2", "3:18"]);
  });

  it("has the justification of the comment above it", async () => {
    const text = `# countersign: justification="INC-1: wedged"\n$x = Invoke-SGEvictFilesFailingUpload -ForceRemove $true\n`;
    const { requests } = await readProgram("a.ps1", text);
    expect(requests).toMatchObject([
      { operation: "storagegateway:EvictFilesFailingUpload", justification: "INC-1: wedged" },
    ]);
  });

  it.each([
    ["Invoke-SGCacheRefresh", "storagegateway:RefreshCache"],
    ["Remove-SGSGFileSystemAssociation", "storagegateway:DisassociateFileSystem"],
    ["Stop-SGGateway", "storagegateway:ShutdownGateway"],
    ["Copy-FSXSnapshotAndUpdateVolume", "fsx:CopySnapshotAndUpdateVolume"],
  ])("is known by a name that no rule makes: %s", async (cmdlet, operation) => {
    const { requests } = await readProgram("a.ps1", `${cmdlet} -Region eu-west-1\n`);
    expect(requests).toMatchObject([{ operation }]);
  });
});

describe("a command of the AWS CLI in PowerShell", () => {
  it("is read with its variables", async () => {
    const text = `$fs = "fs-1"\n& aws fsx create-data-repository-task --file-system-id $fs \`\n  --type EXPORT --report Enabled=false\n`;
    const { requests } = await readProgram("a.ps1", text);
    expect(requests).toMatchObject([
      {
        operation: "fsx:CreateDataRepositoryTask",
        payload: { FileSystemId: "fs-1", Type: "EXPORT", Report: { Enabled: false } },
      },
    ]);
  });

  it("has an argument that isn't known where quotes may get lost", async () => {
    const text = `aws fsx create-data-repository-task --type EXPORT --report '{"Enabled":false}'\n`;
    const { requests } = await readProgram("a.ps1", text);
    expect(requests[0]?.payload).toMatchObject({ Type: "EXPORT" });
    expect(requests[0]?.payload).not.toMatchObject({ Report: { Enabled: false } });
  });
});
