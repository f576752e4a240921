import { describe, expect, it } from "vitest";
import { listInFile } from "./list-in-files.ts";

const EVICT = "aws storagegateway evict-files-failing-upload --file-share-arn";

/** Why a call in a program is not read. */
const describeCall = (language: string): string =>
  `a call of \`storagegateway:EvictFilesFailingUpload\` stands in a program (${language}), and what it requests is not read`;

describe("commands in documentation", () => {
  it.each([
    ["a fence without a language", "a.md", `\`\`\`\n${EVICT} x\n\`\`\`\n`, ['2:1 {"FileShareARN":"x"}']],
    [
      "prompts in a fence without a language",
      "a.md",
      `1. A\n\n   ~~~\n   $ ${EVICT} x\n   {\n     "aws": 1\n   ~~~\n`,
      ['4:6 {"FileShareARN":"x"}'],
    ],
    [
      "a fence of plain text with output",
      "a.md",
      `\`\`\`text\nNow run (don't wait):\n${EVICT} \\\n  'x\n y'\n{ "a": "b\n\`\`\`\n`,
      ['3:1 {"FileShareARN":"x\\n y"}'],
    ],
    ["a variable of a fence", "a.md", `\`\`\`\nA=x\n${EVICT} $A\n\`\`\`\n`, ['3:1 {"FileShareARN":"x"}']],
    [
      "a here-document in a list item",
      "a.md",
      `- A\n  \`\`\`sh\n  cat <<EOF\n  a\n  EOF\n  ${EVICT} x\n  \`\`\`\n`,
      ['6:3 {"FileShareARN":"x"}'],
    ],
    [
      "a placeholder in two angle brackets",
      "a.md",
      `\`\`\`sh\n${EVICT} <<Share>>\n${EVICT} x\n\`\`\`\n`,
      ['2:1 {"FileShareARN":{"$unknown":"<<Share>>"}}', '3:1 {"FileShareARN":"x"}'],
    ],
    [
      "a here-document that is appended to a file",
      "a.md",
      `\`\`\`sh\ncat <<EOF>>log\na\nEOF\n${EVICT} x\n\`\`\`\n`,
      ['5:1 {"FileShareARN":"x"}'],
    ],
    [
      "an indented block with a prompt",
      "a.md",
      `A:\n\n    $ ${EVICT} \\\n    > x\n    aws says no\n`,
      ['3:7 {"FileShareARN":"x"}'],
    ],
    ["a fence of another language", "a.md", `\`\`\`json\n{"a": "${EVICT} x"}\n\`\`\`\n`, []],
    ["prose with a prompt", "a.md", `It costs $ 5 in aws. $ ${EVICT} x\n`, []],
    [
      "a directive",
      "a.rst",
      `A\n=\n\n.. code-block:: bash\n   :linenos:\n\n   A=x\n\n   ${EVICT} $A\n\nB\n`,
      ['9:4 {"FileShareARN":"x"}'],
    ],
    [
      "a literal block",
      "a.rst",
      `Run this::\n\n    $ ${EVICT} x\n    done\n\nB aws\n`,
      ['3:7 {"FileShareARN":"x"}'],
    ],
    [
      "a console session",
      "a.rst",
      `- A\n\n  .. code:: console\n\n     [root@a ~]# ${EVICT} x\n`,
      ['5:18 {"FileShareARN":"x"}'],
    ],
    [
      "a directive of another language",
      "a.rst",
      `.. code-block:: python\n\n   run("${EVICT} x")\n`,
      [`3 ${describeCall("python")}`],
    ],
    ["prose", "a.rst", `Use \`\`${EVICT}\`\` with care.\n`, []],
    [
      "a listing",
      "a.adoc",
      `= A\n\n[source%linenums,bash,subs="attributes"]\n.Title\n----\n${EVICT} x\n----\n`,
      ['6:1 {"FileShareARN":"x"}'],
    ],
    ["a literal block of", "a.adoc", `A\n\n....\n$ ${EVICT} x\n....\n`, ['4:3 {"FileShareARN":"x"}']],
    [
      "a listing of another language",
      "a.adoc",
      `[source,java]\n----\nrun("${EVICT} x")\n----\n\nA aws\n`,
      [`3 ${describeCall("java")}`],
    ],
  ])("are found as they should in %s %s", async (_what, name, text, expected) => {
    expect(await listInFile(name, text)).toEqual(expected);
  });
});
