import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { groupMissing } from "../../src/diagnostics/missing.ts";
import type { Report } from "../../src/diagnostics/report.ts";
import { escapeHarmful } from "../../src/diagnostics/text.ts";
import { listAnnotations } from "../../src/reporters/annotations.ts";
import { REPORTERS } from "../../src/reporters/index.ts";
import type { ReporterOptions } from "../../src/reporters/reporter.ts";
import { runs } from "../support/scale.ts";
import { anyReport, buildReport, buildSources, hostileText } from "./hostile.ts";
import { listElements, parseCommands, parseXml, splitCells, stripCodeSpans, UNPRINTABLE } from "./readers.ts";

const formats = Object.keys(REPORTERS);
const options: ReporterOptions = { color: false };
const EMPTY_REPORT = buildReport([]);

/** Asserts a property of a format's output for hostile reports. */
async function assertAlways(
  format: string,
  check: (text: string, of: Report) => void,
  more: Partial<ReporterOptions> = {},
): Promise<void> {
  const reporter = await REPORTERS[format]!();
  fc.assert(
    fc.property(anyReport, hostileText, (hostile, source) => {
      check(reporter(hostile, buildSources(hostile, source), { ...options, ...more }), hostile);
    }),
    { numRuns: runs(400) },
  );
}

describe("a report of hostile text", () => {
  it.each(formats)("has no control, bidirectional or invisible characters as %s", (format) =>
    assertAlways(format, (text) => expect(text).not.toMatch(UNPRINTABLE)),
  );

  it.each(formats.filter((format) => !["github", "azure"].includes(format)))(
    "has no workflow commands as %s",
    (format) => assertAlways(format, (text) => expect(parseCommands(text)).toEqual([])),
  );
});

describe("a hostile report as text", () => {
  const VERDICT = /^(?:pass|fail|undecided): \d+ requests?/;

  it("has exactly one headline or line per finding, and one verdict at the end", () =>
    assertAlways("text", (text, { diagnostics }) => {
      const lines = text.trimEnd().split("\n");
      const heads = lines.filter((line) =>
        /^(?:error|warning|info)\[|^(?:error|warning|info|waived|known) +\S/.test(line),
      );
      const isListed = ({ status }: Diagnostic) => status !== "undecided";
      expect(heads).toHaveLength(diagnostics.filter(isListed).length);
      expect(lines.filter((line) => VERDICT.test(line))).toEqual([lines.at(-1)]);
    }));

  it("has exactly one headline per undecided check with `--show undecided`", () =>
    assertAlways(
      "text",
      (text, { diagnostics }) => {
        const heads = text.split("\n").filter((line) => /^undecided\[/.test(line));
        expect(heads).toHaveLength(diagnostics.filter(({ status }) => status === "undecided").length);
      },
      { view: { show: "undecided" } },
    ));

  it("has no workflow commands where lines are wrapped", () =>
    assertAlways("text", (text) => expect(parseCommands(text)).toEqual([]), {
      view: { show: "all", columns: 40 },
    }));

  it("has no escape sequences except its own colours", async () => {
    const reporter = await REPORTERS.text!();
    fc.assert(
      fc.property(anyReport, hostileText, (hostile, source) => {
        const colored = reporter(hostile, buildSources(hostile, source), { color: true });
        const plain = reporter(hostile, buildSources(hostile, source), { color: false });
        expect(colored.replace(/\u001b\[(?:0|1|2|31|32|33|34)m/g, "")).toBe(plain);
      }),
    );
  });
});

describe("a hostile report as concise", () => {
  it("has exactly one line per finding, with its place, severity and code, and a verdict at the end", () =>
    assertAlways("concise", (text, { diagnostics }) => {
      const lines = text.trimEnd().split("\n");
      const found = lines.filter((line) => /:\d+:\d+: (?:error|warning|info|waived|known)\[/.test(line));
      expect(found).toHaveLength(diagnostics.filter(({ status }) => status !== "undecided").length);
      expect(lines).toHaveLength(found.length + 1);
    }));
});

describe("a hostile report as github", () => {
  it("has exactly the annotations of its findings, and of what undecided checks wait for", () =>
    assertAlways("github", (text, of) => {
      const commands = parseCommands(text);
      const annotations = listAnnotations(of, {});
      const count = (...labels: string[]) => annotations.filter(({ label }) => labels.includes(label)).length;
      const named = (name: string) => commands.filter((one) => one.name === name);
      expect(named("error")).toHaveLength(Math.min(10, count("error")));
      expect(named("warning")).toHaveLength(Math.min(10, count("warning")));
      expect(named("notice")).toHaveLength(Math.min(10, count("info", "undecided")));
      expect(commands).toHaveLength(named("error").length + named("warning").length + named("notice").length);
      const said = annotations.map(({ file, line, message }) => [
        escapeHarmful(file!),
        String(line),
        escapeHarmful(message),
      ]);
      for (const { properties, data } of commands) {
        expect(["file", "line", "endLine", "col", "endColumn", "title"]).toEqual(
          expect.arrayContaining(Object.keys(properties)),
        );
        const [message] = data.split("\nhelp: ", 1);
        expect(said).toContainEqual([properties.file, properties.line, message]);
      }
    }));

  it("has no more than one annotation for each error, warning and missing fact", () =>
    assertAlways("github", (_text, { diagnostics }) => {
      const annotations = listAnnotations({ ...EMPTY_REPORT, diagnostics }, {});
      const failed = diagnostics.filter(({ status }) => status === "failed");
      expect(annotations.filter(({ label }) => label !== "undecided")).toHaveLength(failed.length);
      const titles = annotations.filter(
        ({ diagnostic, title }) => !diagnostic && !title.startsWith("undecided: values of "),
      );
      expect(new Set(titles.map(({ title }) => title)).size).toBe(titles.length);
    }));
});

describe("a hostile report as azure", () => {
  it("has exactly the issues of its findings, and of what undecided checks wait for", () =>
    assertAlways("azure", (text, of) => {
      const commands = parseCommands(text);
      const issues = listAnnotations(of, {}).filter(({ label }) => label !== "info");
      expect(commands.map(({ name }) => name)).toEqual(issues.map(() => "task.logissue"));
      const types = issues.map(({ label }) => (label === "error" ? "error" : "warning"));
      expect(commands.map(({ properties }) => properties.type)).toEqual(types);
    }));
});

describe("a hostile report as html", () => {
  const OWN_ELEMENTS =
    "!DOCTYPE html head meta title style body h1 h2 h4 p strong input label main div table thead tbody tr th td br span a section details summary article code pre mark svg g path rect text".split(
      " ",
    );

  it("has the page's own elements only, no script, and no address but those of documentation", () =>
    assertAlways(
      "html",
      (text, { diagnostics }) => {
        const body = text.slice(text.indexOf("</style>"));
        const tags = [...body.matchAll(/<\/?([^\s>/]*)([^<>]*)>/g)];
        expect(body.split("<").length - 1).toBe(tags.length);
        expect(tags.filter(([, name]) => !OWN_ELEMENTS.includes(name!)).map(([tag]) => tag)).toEqual([]);
        for (const [tag, , attributes] of tags) {
          expect(tag).not.toMatch(/\s(?:on\w+|src|style)=/);
          const [, href] = /\shref="([^"]*)"/.exec(attributes!) ?? [];
          if (href !== undefined) expect(href).toMatch(/^(?:#[fr]\d+|https:\/\/docs\.example\/)$/);
        }
        expect(body.match(/<article /g) ?? []).toHaveLength(diagnostics.length);
      },
      { linkCode: () => "https://docs.example/" },
    ));
});

describe("a hostile report as gitlab or rdjsonl", () => {
  it("has exactly the issues of its annotations, with distinct fingerprints, as gitlab", () =>
    assertAlways("gitlab", (text, of) => {
      const issues = JSON.parse(text);
      expect(issues).toHaveLength(listAnnotations(of, {}).length);
      const marks = issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
      expect(new Set(marks.filter((mark: string) => mark !== "0".repeat(32))).size).toBe(
        marks.filter((mark: string) => mark !== "0".repeat(32)).length,
      );
    }));

  it("has exactly one line for each annotation as rdjsonl", () =>
    assertAlways("rdjsonl", (text, of) => {
      const lines = text === "" ? [] : text.trimEnd().split("\n");
      expect(lines.map((line) => typeof JSON.parse(line).message)).toEqual(
        listAnnotations(of, {}).map(() => "string"),
      );
    }));
});

describe("a hostile report as json or sarif", () => {
  it("is exactly the report as json", () =>
    assertAlways("json", (text, of) => expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(of)))));

  it("has no embedded links in sarif, and only well-formed URIs", () =>
    assertAlways("sarif", (text, of) => {
      const [run] = JSON.parse(text).runs;
      expect(run.results).toHaveLength(of.diagnostics.length);
      const texts = [...run.results, ...run.tool.driver.rules].flatMap((value) =>
        [...JSON.stringify(value).matchAll(/"(?:text|justification)":("(?:[^"\\]|\\.)*")/g)].map(
          ([, string]) => JSON.parse(string!),
        ),
      );
      for (const one of texts) expect(one).not.toContain("](");
      for (const { locations, relatedLocations = [] } of run.results) {
        for (const { physicalLocation } of [...locations, ...relatedLocations]) {
          const { uri, uriBaseId } = physicalLocation.artifactLocation;
          expect(uri).toMatch(/^(?:[\w.!~*'()-]|%[0-9A-F]{2}|\/|file:\/\/\/)*$/);
          expect(uriBaseId).toBe(uri.startsWith("file:") ? undefined : "%SRCROOT%");
        }
      }
    }));
});

describe("a hostile report as junit", () => {
  it("is XML that has only the format's own elements", () =>
    assertAlways("junit", (text, of) => {
      const elements = listElements(parseXml(text));
      const names = new Set(elements.map(({ name }) => name));
      const own = ["testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"];
      expect([...names].filter((name) => !own.includes(name))).toEqual([]);
      const cases = elements.filter(({ name }) => name === "testcase");
      const files = new Set(of.diagnostics.map(({ file }) => file));
      expect(cases.length).toBe(of.requests.length + files.size);
      const lines = elements.flatMap(({ children }) => children.filter((child) => typeof child === "string"));
      const heads = lines.join("\n").match(/^(error|warning|info|undecided|waived|known)\[/gm) ?? [];
      expect(heads).toHaveLength(of.diagnostics.length);
    }));
});

describe("a hostile report as markdown", () => {
  /** Outside of code spans, only ordinary words and the format's own markup may remain. */
  const PLAIN = /^(?:[A-Za-z0-9 ,.;:?!()'\0-]|<br>|\*\*error\*\*)*$/;
  /** What GitHub turns into links or emoji: addresses, mentions, references, emoji names, commit ids. */
  const FOUND = /www\.|:\/\/|@|#|:\w+:|\w\.\w|\b[0-9a-f]{7,40}\b/;
  const OWN = [
    /^### (?:✅ Countersign: pass|❌ Countersign: fail|❔ Countersign: undecided)$/,
    /^\d+ requests?(?: \(\d+ fail, \d+ undecided, \d+ pass\))?, [\w ,;']+$|^\d+ requests? \(.*\); [\w ,;']+$/,
    /^\| (?:place \| \| finding|(?:fact|file) \| decides \| (?:values|command that prints it)) \|$/,
    /^\|---\|---\|---\|$/,
    /^Deletes data, undecided:$/,
    /^<details><summary>[\w ,;']+<\/summary>$/,
    /^<details><summary>can't be decided: AWS documents no answer<\/summary>$/,
    /^<\/details>$/,
    /^$/,
  ];

  it("consists of words, code spans and its own tables only", () =>
    assertAlways("markdown", (text, { diagnostics }) => {
      let findings = 0;
      for (const line of text.split("\n")) {
        if (OWN.some((own) => own.test(stripCodeSpans(line)))) continue;
        const cells = splitCells(line);
        expect(cells, line).toHaveLength(3);
        if (/^(?:\*\*error\*\*|warning|note|waived|known)$/.test(cells![1]!)) findings++;
        for (const cell of cells!) {
          expect(stripCodeSpans(cell)).toMatch(PLAIN);
          expect(stripCodeSpans(cell).replaceAll("<br>", " ")).not.toMatch(FOUND);
        }
      }
      expect(findings).toBe(diagnostics.filter(({ status }) => status !== "undecided").length);
    }));

  it("has exactly one link per finding", () =>
    assertAlways(
      "markdown",
      (text, { diagnostics }) => {
        const { open } = groupMissing(diagnostics);
        const listed = diagnostics.filter(({ status }) => status !== "undecided").length + open.length;
        const links = stripCodeSpans(text.replaceAll("\n", " ")).match(/\[[^\]]*\]\([^)]*\)/g) ?? [];
        expect(links).toHaveLength(listed);
        for (const link of links)
          expect(link).toMatch(/^\[\0\]\(https:\/\/git\.example\/[\w.~%/:&@!$*+,;=?-]*#L\d+\)$/);
      },
      { link: (file, line) => `https://git.example/${file.replaceAll("#", "")}#L${line}` },
    ));

  it("stays within the size limit and counts the findings that are left out", async () => {
    const markdown = await REPORTERS.markdown!();
    fc.assert(
      fc.property(anyReport, fc.integer({ min: 700, max: 9000 }), (hostile, maxBytes) => {
        const text = markdown(hostile, new Map(), { ...options, maxBytes });
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
        const rows = text
          .split("\n")
          .filter((line) => line.startsWith("| ") && !OWN.some((own) => own.test(line)));
        const missing = /^… and (.*) more/m.exec(text)?.[1]?.match(/\d+/g) ?? [];
        const complete = markdown(hostile, new Map(), options).split("\n");
        const all = complete.filter((line) => line.startsWith("| ") && !OWN.some((own) => own.test(line)));
        expect(missing.reduce((sum, count) => sum + Number(count), rows.length)).toBe(all.length);
        const isWorstFirst =
          !/\| (?:warning|undecided|note|waived|known) \|/.test(text) ||
          !/ \d+ errors?\b/.test(missing.join());
        expect(isWorstFirst).toBe(true);
      }),
      { numRuns: runs(400) },
    );
  });
});
