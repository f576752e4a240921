import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ReportedRequest } from "../../diagnostics/report.ts";
import { labelOf, sortWorstFirst } from "../labels.ts";
import { escapeHtml } from "./escape.ts";

/** A request with its findings, and the ids of both on the page. */
export interface RequestRow {
  id: string;
  request: ReportedRequest;
  diagnostics: readonly Diagnostic[];
}

const MARKS = { error: "✗", warning: "!", undecided: "?", info: "i", waived: "w", known: "w" } as const;

/** Requests × checks: each cell links to the worst finding that the check has for the request. */
export function formatTable(rows: readonly RequestRow[], idOf: (diagnostic: Diagnostic) => string): string {
  const all = sortWorstFirst(rows.flatMap(({ diagnostics }) => diagnostics));
  const codes = [...new Set(all.map(({ code }) => code))];
  const head = codes.map((code) => `<th scope="col"><span>${escapeHtml(code)}</span></th>`).join("");
  const body = rows.map(({ id, request, diagnostics }) => {
    const byCode = new Map(
      sortWorstFirst(diagnostics)
        .reverse()
        .map((one) => [one.code, one]),
    );
    const cells = codes.map((code) => formatCell(byCode.get(code), idOf)).join("");
    const { file, line, operation, outcome } = request;
    return `<tr class="request ${outcome}"><th scope="row"><a href="#${id}">${escapeHtml(`${file}:${line}`)}</a><br>${escapeHtml(operation)}</th><td class="outcome">${outcome}</td>${cells}</tr>`;
  });
  return [
    '<div class="scroll" tabindex="0" role="region" aria-label="requests and checks">',
    `<table class="matrix"><thead><tr><th scope="col">request</th><th scope="col">outcome</th>${head}</tr></thead>`,
    `<tbody>${body.join("\n")}</tbody></table>`,
    "</div>",
  ].join("\n");
}

function formatCell(diagnostic: Diagnostic | undefined, idOf: (diagnostic: Diagnostic) => string): string {
  if (!diagnostic) return "<td></td>";
  const label = labelOf(diagnostic);
  return `<td class="${label}"><a href="#${idOf(diagnostic)}" aria-label="${label}">${MARKS[label]}</a></td>`;
}
