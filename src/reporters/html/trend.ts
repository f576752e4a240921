import type { TrendRecord } from "../../diagnostics/trend.ts";
import { escapeHtml } from "./escape.ts";

/** More runs are not drawn: the oldest are left out. */
const MAX_RUNS = 200;
/** More rules are not listed: those that are found least are left out. */
const MAX_RULES = 30;

/** In pixels. */
const WIDTH = 640;
const HEIGHT = 160;
const SPARK_WIDTH = 120;
const SPARK_HEIGHT = 20;
const EDGE = 4;

const SERIES = [
  { name: "errors", kind: "fail" },
  { name: "warnings", kind: "warning" },
  { name: "undecided", kind: "undecided" },
] as const;

/** Draws the counts of runs as lines, and below them a table of rules with their numbers, which needs no eyes for lines. */
export function formatTrend(all: readonly TrendRecord[]): string[] {
  if (all.length === 0) return [];
  const records = all.slice(-MAX_RUNS);
  return [
    "<h2>Trend</h2>",
    drawRuns(records),
    "<table><thead><tr>",
    ...["rule", "now", "before", "runs"].map((head) => `<th scope="col">${head}</th>`),
    "</tr></thead><tbody>",
    ...listRules(records).map((rule) => formatRule(rule, records)),
    "</tbody></table>",
  ];
}

const toDay = ({ at }: TrendRecord): string => new Date(at).toISOString().slice(0, 10);

function drawRuns(records: readonly TrendRecord[]): string {
  const [first, last] = [records[0]!, records.at(-1)!];
  const most = Math.max(1, ...records.flatMap(({ summary }) => SERIES.map(({ name }) => summary[name])));
  const described = SERIES.map(({ name }) => `${name} from ${first.summary[name]} to ${last.summary[name]}`);
  const title = `${records.length} runs from ${toDay(first)} to ${toDay(last)}: ${described.join(", ")}`;
  const lines = SERIES.map(({ name, kind }) => {
    const values = records.map(({ summary }) => summary[name]);
    return drawLine(values, { most, width: WIDTH, height: HEIGHT, kind });
  });
  return [
    `<svg class="trend" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">`,
    `<title>${escapeHtml(title)}</title>`,
    ...lines,
    "</svg>",
    `<p class="legend">${SERIES.map(({ name, kind }) => `<span class="${kind}">${name} ${last.summary[name]}</span>`).join(" · ")}; at most ${most}, ${toDay(first)} to ${toDay(last)}</p>`,
  ].join("\n");
}

interface LineOptions {
  most: number;
  width: number;
  height: number;
  kind: string;
}

/** A line through values; a single one is a line, too. */
function drawLine(values: readonly number[], { most, width, height, kind }: LineOptions): string {
  const shown = values.length === 1 ? [values[0]!, values[0]!] : values;
  const step = (width - 2 * EDGE) / (shown.length - 1);
  const points = shown.map((value, index) => {
    const x = EDGE + index * step;
    const y = height - EDGE - (value / most) * (height - 2 * EDGE);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return `<polyline class="run ${kind}" points="${points.join(" ")}"/>`;
}

/** What a rule found, undecided checks included and waived findings not. */
const countRule = ({ rules }: TrendRecord, rule: string): number => {
  const counts = Object.hasOwn(rules, rule) ? rules[rule] : undefined;
  return counts ? counts.failed + counts.undecided : 0;
};

/** The rules of the last runs, those that are found most first. */
function listRules(records: readonly TrendRecord[]): string[] {
  const last = records.at(-1)!;
  const names = new Set(records.slice(-2).flatMap(({ rules }) => Object.keys(rules)));
  const sorted = [...names].sort((a, b) => countRule(last, b) - countRule(last, a) || (a < b ? -1 : 1));
  return sorted.slice(0, MAX_RULES);
}

function formatRule(rule: string, records: readonly TrendRecord[]): string {
  const values = records.map((record) => countRule(record, rule));
  const now = values.at(-1)!;
  const before = values.length > 1 ? String(values.at(-2)) : "";
  const most = Math.max(1, ...values);
  const line = drawLine(values, { most, width: SPARK_WIDTH, height: SPARK_HEIGHT, kind: "rule" });
  const title = `at least ${Math.min(...values)}, at most ${most}`;
  return `<tr><th scope="row"><code>${escapeHtml(rule)}</code></th><td>${now}</td><td>${before}</td><td><svg class="trend" viewBox="0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}" width="${SPARK_WIDTH}" height="${SPARK_HEIGHT}" role="img"><title>${title}</title>${line}</svg></td></tr>`;
}
