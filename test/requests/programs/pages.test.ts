import { describe, expect, it } from "vitest";
import { listInFile } from "../list-in-files.ts";

const PYTHON = 'import boto3\nboto3.client("fsx").create_data_repository_task(FileSystemId="fs-1")\n';
const COMMAND = 'await client.send(new EvictFilesFailingUploadCommand({ FileShareARN: "arn:x" }));\n';
const READ = [expect.stringMatching(/^\d+:\d+ \{"(?:FileSystemId":"fs-1|FileShareARN":"arn:x)"\}$/)];
const SAID = [expect.stringMatching(/^\d+ a call of `\w+:\w+` stands in a (?:text|program)/)];
const indented = (code: string, by = "    "): string => code.replace(/^(?=.)/gm, by);

describe("code in a page", () => {
  it.each([
    ["a.md", `Call it:\n\n${indented(PYTHON)}\nand wait.\n`],
    ["a.md", `1. Call it:\n\n${indented(PYTHON, "        ")}\n`],
    ["a.md", `Call it:\n\n${indented(PYTHON, "\t")}`],
    ["a.md", `<pre><code class="language-python">\n${PYTHON}</code></pre>\n`],
    ["a.md", `<pre lang="js">\n${COMMAND.replaceAll('"', "&quot;")}</pre>\n`],
    ["a.md", `<div class="highlight-source-js"><pre><span class="k">${COMMAND}</span></pre></div>\n`],
    ["a.md", `<details>\n<code>${COMMAND}</code>\n</details>\n`],
    ["a.md", `\`\`\`\n${PYTHON.split("\n")[1]!.replace('boto3.client("fsx")', "fsx")}\n\`\`\`\n`],
    ["a.md", `\`\`\`text\n${COMMAND}\`\`\`\n`],
    ["a.md", `\`\`\`{code-cell} ipython3\n${PYTHON}\`\`\`\n`],
    ["a.md", `{% highlight python %}\n${PYTHON}{% endhighlight %}\n`],
    ["a.rst", `Call it::\n\n${indented(PYTHON, "  ")}\nand wait.\n`],
    ["a.rst", `.. code-block::\n\n${indented(PYTHON, "   ")}\nand wait.\n`],
    ["a.rst", `.. testcode::\n\n${indented(PYTHON, "   ")}\nand wait.\n`],
    ["a.rst", `Call it:\n\n>>> import boto3\n>>> ${PYTHON.split("\n")[1]}\n{}\n\nand wait.\n`],
    ["a.adoc", `Call it:\n\n----\n${PYTHON}----\n`],
    ["a.adoc", `[%linenums,python]\n----\n${PYTHON}----\n`],
    ["a.org", `#+BEGIN_SRC python :results output\n${PYTHON}#+END_SRC\n`],
    ["a.tex", `\\begin{minted}{python}\n${PYTHON}\\end{minted}\n`],
    ["a.txt", PYTHON],
    ["a.txt", `Notes\n\n${indented(PYTHON)}`],
  ])("is read in %s: %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual(READ);
  });

  it.each([
    ["a.md", "```\nresult = gateway->evictFilesFailingUpload(share)\n```\n"],
    ["a.md", "Like this:\n\n    result = gateway.evictFilesFailingUpload(share)\n"],
    ["a.md", "<pre>result = gateway.evictFilesFailingUpload(share)</pre>\n"],
  ])("is said where nothing tells its language: %s %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual(SAID);
  });

  it.each([
    ["a.md", "- Tasks:\n\n    - call `fsx.create_data_repository_task(FileSystemId=id)` first\n"],
    ["a.md", "- Tasks:\n\n    Then the fsx.create_data_repository_task(FileSystemId=id) call waits.\n"],
    ["a.md", "A rule\n\n----\n\nfsx.create_data_repository_task() is called\n\n----\n"],
    ["a.md", "The method `fsx.create_data_repository_task(FileSystemId=id)` makes a task.\n"],
    ["a.md", "```json\nfsx.create_data_repository_task(FileSystemId=id)\n```\n"],
  ])("is none in prose: %s %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([]);
  });

  it.each([
    ["App.vue", `<template><a @click="c.send(new EvictFilesFailingUploadCommand(x))"></a></template>\n`],
    ["App.svelte", `<a on:click={() => c.send(new EvictFilesFailingUploadCommand(x))}>x</a>\n`],
  ])("is said in a handler of %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual(SAID);
  });

  it("is none behind a tag that is only mentioned", async () => {
    const text = "Code in `<pre>` and `<code>` is shown.\n\nThe call gw.evictFilesFailingUpload(x) isn't.\n";
    expect(await listInFile("a.md", text)).toEqual([]);
  });

  it("may be any text, also one that is no program", async () => {
    expect(await listInFile("a.md", "<pre>boto3 `'x\", `y` create_data_repository_task\n</pre>")).toEqual([]);
  });

  it("has its places in the page", async () => {
    const page = `<pre lang="js">\nif (a &amp;&amp; b)\n  ${COMMAND.replaceAll('"', "&quot;")}</pre>\n`;
    expect(await listInFile("a.md", page)).toEqual([expect.stringMatching(/^3:21 /)]);
  });
});

describe("scripts of a web page", () => {
  const MODULE = `import { FSxClient, CreateDataRepositoryTaskCommand } from "https://esm.sh/@aws-sdk/client-fsx@3.1";\nnew FSxClient({}).send(new CreateDataRepositoryTaskCommand({ FileSystemId: "fs-1" }));\n`;
  const CLASSIC =
    'var gw = new AWS.StorageGateway();\ngw.evictFilesFailingUpload({ FileShareARN: "arn:x" }, done);\n';

  it.each([
    ["index.html", `<html><script type="module">\n${MODULE}</script></html>`],
    ["index.html", `<script src="aws-sdk.js"></script>\n<SCRIPT>\n${CLASSIC}</SCRIPT>`],
    ["index.htm", `<script>${CLASSIC}`],
    ["App.vue", `<template><b/></template>\n<script setup lang="ts">\n${MODULE}</script>\n`],
    ["App.svelte", `<script>\n${MODULE}</script>\n<b/>\n`],
    ["page.astro", `---\n${MODULE}---\n<b/>\n`],
  ])("are read: %s %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual(READ);
  });

  it("share the names of scripts that are no modules", async () => {
    const page = `<script>var arn = "arn:x"; ${CLASSIC.replace('"arn:x"', "arn")}</script><script>arn = other;</script>`;
    expect(await listInFile("a.html", page)).toEqual([
      expect.stringMatching(/\{"FileShareARN":\{"\$unknown":"arn"\}\}$/),
    ]);
  });

  it("have no known values for variables that the page mentions beside them", async () => {
    const script =
      '<script>\nlet arn = "arn:x";\nvar gw = new AWS.StorageGateway(); gw.evictFilesFailingUpload({ FileShareARN: arn }); const x = gw;</script>\n';
    const unknown = [expect.stringContaining('"$unknown":"arn"')];
    expect(await listInFile("a.svelte", `${script}<input bind:value={arn}>`)).toEqual(unknown);
    expect(await listInFile("a.html", `${script}<input onchange="arn = value">`)).toEqual(unknown);
    expect(await listInFile("a.html", script)).toEqual(READ);
  });

  it.each([
    `<a href="javascript:gateway.evictFilesFailingUpload({ FileShareARN: arn })">`,
    `<button onclick="gateway.evictFilesFailingUpload({ FileShareARN: arn })">`,
    `<script>gateway.evictFilesFailingUpload({ FileShareARN: arn })</script>`,
  ])("are said where no client is in sight: %s", async (text) => {
    expect(await listInFile("a.html", text)).toEqual(SAID);
  });

  it.each([
    `<pre>${CLASSIC}</pre>`,
    `<script type="application/json">{"a": "${COMMAND.replaceAll('"', "'").trim()}"}</script>`,
    `<p>gateway.evictFilesFailingUpload({})</p>`,
  ])("are none of what is only shown: %s", async (text) => {
    expect(await listInFile("a.html", text)).toEqual([]);
  });
});
