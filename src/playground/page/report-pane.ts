import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { escapeHarmful, formatCount } from "../../diagnostics/text.ts";
import type { Answer, CheckAnswer, PlacedFault, Problem, ProblemAnswer } from "../protocol.ts";
import { createElement, escapeLines, findElement, formatMessage } from "./dom.ts";
import type { TextMark, TextPlace } from "./editor.ts";
import { inPageTerms } from "./page-terms.ts";

/** The whole report is redrawn only when nobody types any more, in milliseconds. */
const REPORT_DELAY = 250;

/** A report that takes long to draw would hold up who types on after a short pause: it waits this many times as long. */
const DELAY_FACTOR = 10;

/** How many findings are listed one by one. */
const MAX_LISTED = 200;

interface ReportPaneOptions {
  goTo: (file: string, place: TextPlace) => void;
  /** Asks for what `--format html` prints of the last check. */
  render: () => Promise<Answer>;
}

/** What a check found: a sentence, the findings, each of which leads to its place, and the report as `--format html` prints it. */
export class ReportPane {
  /** In the page from the first report on: an empty frame would be set up, too. */
  readonly #frame = createElement("iframe", {
    id: "report",
    title: "Report",
    sandbox: "allow-same-origin allow-popups allow-popups-to-escape-sandbox",
  });
  readonly #options: ReportPaneOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How long the last drawing took; undefined before the first. */
  #drawingTime: number | undefined;
  #listed = new Map<string, HTMLLIElement>();

  constructor(options: ReportPaneOptions) {
    this.#options = options;
  }

  show({ report, warnings }: CheckAnswer): void {
    const { outcome, summary } = report;
    const counts = [
      formatCount(summary.requests, "request"),
      formatCount(summary.errors, "error"),
      formatCount(summary.warnings, "warning"),
      `${summary.undecided} undecided`,
    ];
    this.#say(`${outcome}: ${counts.join(", ")}`, outcome);
    this.#showProblem(warnings);
    this.#list(report.diagnostics.filter(isShown));
    clearTimeout(this.#timer);
    const delay =
      this.#drawingTime === undefined ? 0 : Math.max(REPORT_DELAY, DELAY_FACTOR * this.#drawingTime);
    this.#timer = setTimeout(() => this.#renew(), delay);
    this.#frame.hidden = false;
  }

  showProblem({ text, faults }: Problem): void {
    this.#say("nothing was checked", "fail");
    this.#showProblem(text);
    this.#list(faults.map(toListed));
    clearTimeout(this.#timer);
    this.#frame.hidden = true;
  }

  #say(text: string, outcome: string): void {
    const status = findElement("status");
    if (status.textContent !== text) status.textContent = text;
    status.className = outcome;
  }

  #showProblem(text: string): void {
    const problem = findElement("problem");
    problem.hidden = text === "";
    problem.textContent = escapeLines(inPageTerms(text));
  }

  #list(diagnostics: readonly Listed[]): void {
    const listed = new Map<string, HTMLLIElement>();
    for (const found of diagnostics.slice(0, MAX_LISTED)) this.#listOne(found, listed);
    const rest = diagnostics.length - MAX_LISTED;
    if (rest > 0) listed.set("rest", createElement("li", {}, `and ${rest} more in the report`));
    replaceItems(findElement("findings"), [...listed.values()]);
    this.#listed = listed;
  }

  /** Most findings are the same after a key: their items stay, and with them the focus. */
  #listOne(found: Listed, listed: Map<string, HTMLLIElement>): void {
    const { file, line, column, endLine, endColumn, message, help, code, status, severity } = found;
    let key = JSON.stringify([file, line, column, endLine, endColumn, message, help, code, status, severity]);
    while (listed.has(key)) key += "+";
    listed.set(key, this.#listed.get(key) ?? this.#createItem(found));
  }

  #createItem(found: Listed): HTMLLIElement {
    const { file = "", line, column, message, help, code } = found;
    const place = escapeHarmful([file, line, column].filter((part) => part !== undefined).join(":"));
    const label = labelOf(found);
    const button = createElement(
      "button",
      { type: "button" },
      createElement("strong", { class: label }, label),
      " ",
      createElement("span", { class: "place" }, place),
      " ",
      ...formatMessage(message),
      ...(code === "" ? [] : [" ", createElement("code", { class: "code" }, escapeHarmful(code))]),
      ...(help === undefined
        ? []
        : [" ", createElement("span", { class: "help" }, "help: ", ...formatMessage(inPageTerms(help)))]),
    );
    button.addEventListener("click", () => this.#options.goTo(file, toPlace(found)));
    return createElement("li", {}, button);
  }

  async #renew(): Promise<void> {
    const answer = await this.#options.render();
    if (answer.kind !== "render") return;
    const start = performance.now();
    this.#draw(answer.html);
    this.#drawingTime = performance.now() - start;
  }

  /** Replaces what the frame shows, and keeps where it is scrolled to and what its filters hide. */
  #draw(html: string): void {
    const next = new DOMParser().parseFromString(html, "text/html");
    for (const link of next.querySelectorAll('a[href^="https:"]')) {
      link.setAttribute("target", "_blank");
      link.setAttribute("rel", "noopener noreferrer");
    }
    const shown = this.#drawingTime === undefined ? null : this.#frame.contentDocument;
    if (!shown?.body) {
      this.#frame.srcdoc = `<!DOCTYPE html>${next.documentElement.outerHTML}`;
      findElement("view-report").append(this.#frame);
      return;
    }
    for (const { id } of shown.querySelectorAll("input.filter:not(:checked)"))
      next.getElementById(id)?.removeAttribute("checked");
    shown.body.replaceChildren(...next.body.childNodes);
  }
}

/** Leaves the items that stay where they are: only what changed is laid out again. */
function replaceItems(list: HTMLElement, items: readonly HTMLLIElement[]): void {
  const kept = new Set<Element>(items);
  for (const old of [...list.children]) if (!kept.has(old)) old.remove();
  for (const [index, item] of items.entries())
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
}

type Listed = Pick<
  Diagnostic,
  "file" | "line" | "column" | "endLine" | "endColumn" | "message" | "help" | "code" | "status" | "severity"
>;

const isShown = ({ status }: Diagnostic): boolean => status !== "waived";

const toListed = (fault: PlacedFault): Listed => ({
  ...fault,
  status: "failed",
  severity: "error",
  code: "",
});

const labelOf = ({ status, severity }: Listed): string => (status === "undecided" ? "undecided" : severity);

/** A finding without a place is about the whole file, and is marked at its beginning. */
const toPlace = ({ line = 1, column = 1, endLine = line, endColumn = column }: Listed): TextPlace => ({
  line,
  column,
  endLine,
  endColumn,
});

const MARK_SEVERITIES: Record<string, TextMark["severity"]> = { error: "error", warning: "warning" };

/** What to mark in the editor, by file. */
export function toMarks(answer: CheckAnswer | ProblemAnswer): Map<string, TextMark[]> {
  const found =
    answer.kind === "check" ? answer.report.diagnostics.filter(isShown) : answer.problem.faults.map(toListed);
  const marks = new Map<string, TextMark[]>();
  for (const each of found) {
    const { file, message, help } = each;
    if (file === undefined) continue;
    const words = help === undefined ? message : `${message}\nhelp: ${inPageTerms(help)}`;
    const severity = MARK_SEVERITIES[labelOf(each)] ?? "info";
    const mark = { ...toPlace(each), severity, message: escapeLines(words) };
    marks.set(file, [...(marks.get(file) ?? []), mark]);
  }
  return marks;
}
