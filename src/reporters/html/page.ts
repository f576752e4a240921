import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { listCommands, missingOf } from "../../diagnostics/missing.ts";
import type { Report, ReportedRequest } from "../../diagnostics/report.ts";
import { describeNotChecked } from "../../diagnostics/report.ts";
import { formatCount } from "../../diagnostics/text.ts";
import { createRequestCounter, listDeletingUndecided } from "../blocks.ts";
import { describeWaitingChecks, formatVerdict, sortWorstFirst } from "../labels.ts";
import type { Reporter, ReporterOptions } from "../reporter.ts";
import { countRepositories, describeRepository, sortRepositories } from "../repositories.ts";
import { drawRequest } from "./drawing.ts";
import { escapeHtml } from "./escape.ts";
import type { FindingOptions } from "./findings.ts";
import { formatFinding } from "./findings.ts";
import { STYLE } from "./style.ts";
import type { RequestRow } from "./table.ts";
import { formatTable } from "./table.ts";
import { formatTrend } from "./trend.ts";

/** One file that needs no network and no script, and works with the keyboard. */
export const htmlReporter: Reporter = (report, sources, options) => {
  const ids = new Map(report.diagnostics.map((diagnostic, index) => [diagnostic, `f${index + 1}`]));
  const idOf = (diagnostic: Diagnostic): string => ids.get(diagnostic)!;
  const rows = listRows(report, options);
  const finding = { sources, linkCode: options.linkCode };
  const main = [
    ...formatDeletions(report, options),
    ...formatTrend(options.trend ?? []),
    ...formatRepositories(report),
    ...(rows.length > 0 ? ["<h2>Requests × checks</h2>", formatTable(rows, idOf)] : []),
    ...formatOthers(report, options, (diagnostic) => formatFinding(diagnostic, idOf(diagnostic), finding)),
    ...(rows.length > 0 ? ["<h2>Requests</h2>"] : []),
    ...rows.map((row) => formatRequest(row, { ...finding, idOf, partiesOf: options.partiesOf })),
    ...formatMissing(report, options),
  ];
  const verdict = escapeHtml(`${report.outcome}${formatVerdict(report)}`);
  const notes = describeNotChecked(options.unchecked ?? [], report.summary).map(
    (note) => `<p>${escapeHtml(note)}</p>`,
  );
  return `${[
    ...HEAD,
    "<h1>Countersign</h1>",
    `<p class="verdict ${report.outcome}"><strong class="outcome">${verdict}</strong></p>`,
    ...notes,
    ...FILTERS,
    "<main>",
    ...main,
    "</main>",
    "</body>",
    "</html>",
  ].join("\n")}\n`;
};

const HEAD = [
  "<!DOCTYPE html>",
  '<html lang="en">',
  "<head>",
  '<meta charset="utf-8">',
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
  '<meta name="viewport" content="width=device-width">',
  "<title>Countersign report</title>",
  `<style>${STYLE}</style>`,
  "</head>",
  "<body>",
];

const FILTERS = (["fail", "undecided", "pass"] as const).flatMap((outcome) => [
  `<input class="filter" type="checkbox" id="show-${outcome}" checked>`,
  `<label for="show-${outcome}">${outcome}</label>`,
]);

function listRows({ requests, diagnostics }: Report, { requestOf }: ReporterOptions): RequestRow[] {
  const byRequest = new Map<ReportedRequest | undefined, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const request = requestOf?.(diagnostic);
    const own = byRequest.get(request);
    if (own) own.push(diagnostic);
    else byRequest.set(request, [diagnostic]);
  }
  return requests.map((request, index) => ({
    id: `r${index + 1}`,
    request,
    diagnostics: sortWorstFirst(byRequest.get(request) ?? []),
  }));
}

interface RequestOptions extends FindingOptions {
  idOf: (diagnostic: Diagnostic) => string;
  partiesOf: ReporterOptions["partiesOf"];
}

function formatRequest({ id, request, diagnostics }: RequestRow, options: RequestOptions): string {
  const { file, line, operation, outcome, values } = request;
  const set = values === undefined ? "" : ` · with the values ${escapeHtml(values)}`;
  return [
    `<section id="${id}" class="request ${outcome}">`,
    `<details${outcome === "pass" ? "" : " open"}><summary><strong class="outcome">${outcome}</strong> ${escapeHtml(operation)} · ${escapeHtml(`${file}:${line}`)}${set}</summary>`,
    drawRequest(operation, options.partiesOf?.(request) ?? { parties: [] }, diagnostics),
    ...diagnostics.map((diagnostic) => formatFinding(diagnostic, options.idOf(diagnostic), options)),
    "</details>",
    "</section>",
  ].join("\n");
}

/** Findings about whole files, and calls that could not be read. */
function formatOthers(
  { diagnostics }: Report,
  { requestOf }: ReporterOptions,
  format: (diagnostic: Diagnostic) => string,
): string[] {
  const others = sortWorstFirst(diagnostics.filter((diagnostic) => !requestOf?.(diagnostic)));
  return others.length > 0 ? ["<h2>Files, and calls that were not read</h2>", ...others.map(format)] : [];
}

function formatDeletions(report: Report, options: ReporterOptions): string[] {
  const deleting = listDeletingUndecided(report, options);
  if (deleting.length === 0) return [];
  const links = deleting.map((request) => {
    const name = escapeHtml(`${request.file}:${request.line}`);
    return `<a href="#r${report.requests.indexOf(request) + 1}">${name}</a>`;
  });
  return [`<p class="undecided"><strong>deletes data, undecided:</strong> ${links.join(", ")}</p>`];
}

function formatRepositories(report: Report): string[] {
  if (!report.repositories) return [];
  return [
    `<h2>${escapeHtml(countRepositories(report))}</h2>`,
    ...formatRows(
      ["repository", "outcome", "found"],
      sortRepositories(report).map((each) => [
        `<code>${escapeHtml(each.directory)}</code>`,
        `<span class="${each.outcome}"><span class="outcome">${each.outcome}</span></span>`,
        escapeHtml(describeRepository(each)),
      ]),
    ),
  ];
}

function formatMissing({ diagnostics }: Report, options: ReporterOptions): string[] {
  const missing = missingOf({ diagnostics });
  const { facts, values, waiting } = missing;
  if (waiting.length === 0) return [];
  const count = createRequestCounter(options);
  const decides = (checks: readonly Diagnostic[]): string =>
    `${formatCount(checks.length, "check")} of ${formatCount(count(checks), "request")}`;
  const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;
  return [
    '<section class="undecided">',
    "<h2>What undecided checks wait for</h2>",
    `<p>${escapeHtml(describeWaitingChecks(missing, count(waiting)))}</p>`,
    ...formatRows(
      ["fact", "decides", "command that prints it"],
      facts.map(({ label, commands, checks }) => {
        const { shown, more } = listCommands(commands);
        const printed = [...shown.map(code), ...(more ? [escapeHtml(`and ${more}`)] : [])];
        return [escapeHtml(label), decides(checks), printed.join("<br>")];
      }),
    ),
    ...formatRows(
      ["file", "decides", "values that only the run knows"],
      values.map(({ file, names, checks }) => [code(file), decides(checks), names.map(code).join(" ")]),
    ),
    "</section>",
  ];
}

function formatRows(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return [
    `<table><thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join("")}</tr></thead><tbody>`,
    ...rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`),
    "</tbody></table>",
  ];
}
