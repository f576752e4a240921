import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { RequestParties, RequestParty } from "../../diagnostics/report.ts";
import { labelOf } from "../labels.ts";
import { escapeHtml } from "./escape.ts";

type LinkState = "fail" | "warning" | "undecided" | "ok";

interface Box {
  /** What it is, such as "caller". */
  kind: string;
  name: string;
  column: number;
  row: number;
}

interface Link {
  from: Box;
  to: Box;
  verb: string;
  state: LinkState;
}

/**
 * Draws who calls what, on what, with which role, and where that role writes. A link is red if an error says that it
 * fails, and dashed if it is undecided.
 */
export function drawRequest(
  operation: string,
  parties: RequestParties,
  diagnostics: readonly Diagnostic[],
): string {
  const { boxes, links } = layOut(operation, parties, diagnostics);
  const rows = Math.max(...boxes.map(({ row }) => row)) + 1;
  const columns = Math.max(...boxes.map(({ column }) => column)) + 1;
  const width = columns * COLUMN - GAP + 2;
  const height = rows * ROW - ROW_GAP + 2;
  const words = links.map(
    ({ from, verb, to, state }) => `${from.name} ${verb} ${to.name}: ${STATE_WORDS[state]}`,
  );
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeHtml(words.join("; "))}</title>`,
    ...links.map(drawLink),
    ...boxes.map((box) => drawBox(box, box.kind === OPERATION ? stateOf(diagnostics) : "ok")),
    "</svg>",
  ].join("\n");
}

const STATE_WORDS: Record<LinkState, string> = {
  fail: "fails",
  warning: "warning",
  undecided: "undecided",
  ok: "nothing found",
};
const STATE_MARKS: Record<LinkState, string> = { fail: " ✗", warning: " !", undecided: " ?", ok: "" };
const OPERATION = "operation";

/** In pixels. */
const BOX_WIDTH = 210;
const GAP = 110;
const COLUMN = BOX_WIDTH + GAP;
const BOX_HEIGHT = 44;
const ROW_GAP = 26;
const ROW = BOX_HEIGHT + ROW_GAP;

interface Drawing {
  boxes: Box[];
  links: Link[];
}

function layOut(
  operation: string,
  { caller, parties }: RequestParties,
  diagnostics: readonly Diagnostic[],
): Drawing {
  const drawing: Drawing = { boxes: [], links: [] };
  const from: Box = { kind: "caller", name: caller ?? "unknown caller", column: 0, row: 0 };
  const call: Box = { kind: OPERATION, name: operation, column: 1, row: 0 };
  drawing.boxes.push(from);
  connect(drawing, { from, to: call, verb: "calls", about: diagnostics.filter(isAboutCaller) });
  const ofKind = (kind: RequestParty["kind"]) => parties.filter((party) => party.kind === kind);
  const [targets, roles, destinations] = [
    ofKind("target"),
    ofKind("role").slice(0, 1),
    ofKind("destination"),
  ];
  for (const [row, target] of targets.entries()) {
    const about = diagnostics.filter((one) => isAbout(one, target));
    connect(drawing, { from: call, to: createBox(target, 2, row), verb: "on", about });
  }
  const row = Math.max(targets.length, 1);
  let acting = call;
  for (const role of roles) {
    acting = createBox(role, 2, row);
    const isHere = (one: Diagnostic) =>
      isTrust(one) || (isAbout(one, role) && !(isPermission(one) && destinations.length > 0));
    connect(drawing, { from: call, to: acting, verb: "with role", about: diagnostics.filter(isHere) });
  }
  for (const [index, destination] of destinations.entries()) {
    const to = createBox(destination, acting === call ? 2 : 3, row + index);
    const isRights = (one: Diagnostic) =>
      isPermission(one) && !isTrust(one) && roles.some((role) => isAbout(one, role));
    const about = diagnostics.filter((one) => isAbout(one, destination) || isRights(one));
    connect(drawing, { from: acting, to, verb: "writes to", about });
  }
  return drawing;
}

const createBox = ({ pointer, name }: RequestParty, column: number, row: number): Box => ({
  kind: pointer.slice(1).replaceAll("/", "."),
  name,
  column,
  row,
});

interface Connection {
  from: Box;
  to: Box;
  verb: string;
  /** The findings that say whether the link fails. */
  about: readonly Diagnostic[];
}

function connect({ boxes, links }: Drawing, { from, to, verb, about }: Connection): void {
  boxes.push(to);
  links.push({ from, to, verb, state: stateOf(about) });
}

const isPermission = ({ code }: Diagnostic): boolean => code.startsWith("iam/");

/** About handing the role over, rather than about what the role may do. */
const isTrust = ({ code }: Diagnostic): boolean =>
  ["iam/pass-role-denied", "iam/untrusted-service", "iam/confused-deputy"].includes(code);

/** Findings about the caller's permissions are at the operation, and have no pointer. */
const isAboutCaller = (diagnostic: Diagnostic): boolean =>
  isPermission(diagnostic) && !isTrust(diagnostic) && !diagnostic.pointer;

const isAbout = ({ pointer }: Diagnostic, party: RequestParty): boolean =>
  pointer === party.pointer || pointer?.startsWith(`${party.pointer}/`) === true;

function stateOf(diagnostics: readonly Diagnostic[]): LinkState {
  const labels = new Set(diagnostics.map(labelOf));
  if (labels.has("error")) return "fail";
  if (labels.has("warning")) return "warning";
  return labels.has("undecided") ? "undecided" : "ok";
}

const leftOf = ({ column }: Box): number => column * COLUMN + 1;
const topOf = ({ row }: Box): number => row * ROW + 1;
const middleOf = (box: Box): number => topOf(box) + BOX_HEIGHT / 2;

function drawLink({ from, to, verb, state }: Link): string {
  const start = leftOf(from) + BOX_WIDTH;
  const end = leftOf(to);
  const bend = start + 14;
  const path = `M${start} ${middleOf(from)} H${bend} V${middleOf(to)} H${end - 7}`;
  const tip = `M${end - 8} ${middleOf(to) - 4} L${end - 1} ${middleOf(to)} L${end - 8} ${middleOf(to) + 4} Z`;
  return `<g class="link ${state}"><path class="line" d="${path}"/><path class="tip" d="${tip}"/><text x="${bend + 6}" y="${middleOf(to) - 6}">${verb}${STATE_MARKS[state]}</text></g>`;
}

/** As many characters as fit into a box; the title has all of them. */
const MAX_NAME_LENGTH = 28;

function drawBox(box: Box, state: LinkState): string {
  const short = shortenName(box.name);
  const x = leftOf(box);
  const y = topOf(box);
  return `<g class="box ${state}"><title>${escapeHtml(box.name)}</title><rect x="${x}" y="${y}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="6"/><text class="kind" x="${x + 10}" y="${y + 17}">${escapeHtml(shortenName(box.kind))}</text><text x="${x + 10}" y="${y + 34}">${escapeHtml(short)}</text></g>`;
}

/** Of an ARN, the resource says most, and of an operation what follows the service. */
function shortenName(name: string): string {
  const resource = name.startsWith("arn:")
    ? name.split(":").slice(5).join(":")
    : name.replace(/^[a-z]+:(?=[A-Z])/, "");
  const characters = [...resource];
  return characters.length <= MAX_NAME_LENGTH
    ? resource
    : `…${characters.slice(1 - MAX_NAME_LENGTH).join("")}`;
}
