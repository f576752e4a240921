/** Models of the programs that consume reports: what each would interpret in a text, whoever wrote it. */

/** A workflow command, as a runner of GitHub Actions (or Azure Pipelines) parses it. */
export interface WorkflowCommand {
  name: string;
  properties: Record<string, string>;
  data: string;
}

/**
 * The commands in a log, one per line at most: `::name k=v,…::data` after white space, or `##[name …]data`
 * anywhere.
 */
export function parseCommands(log: string): WorkflowCommand[] {
  return log.split(/\r\n|\r|\n/).flatMap((line) => {
    const text = line.replace(/^[\s\u0085\u180e\u200b]+/, "");
    const end = text.startsWith("::") ? text.indexOf("::", 2) : -1;
    if (end >= 0) return [toCommand(text.slice(2, end), text.slice(end + 2), ",", "%2C")];
    const legacy = /##\w*\[([^\]]*)\]?(.*)/.exec(line);
    return legacy ? [toCommand(legacy[1]!, legacy[2]!, ";", "%3B")] : [];
  });
}

function toCommand(head: string, data: string, separator: string, escaped: string): WorkflowCommand {
  const space = head.indexOf(" ");
  const name = space < 0 ? head : head.slice(0, space);
  const pairs = space < 0 ? [] : head.slice(space + 1).split(separator);
  const properties = pairs.map((pair) => {
    const at = pair.indexOf("=");
    const value = pair
      .slice(at + 1)
      .replaceAll("%3A", ":")
      .replaceAll(escaped, separator);
    return [pair.slice(0, at).trim(), decodeProperty(value)];
  });
  return { name, properties: Object.fromEntries(properties), data: decodeProperty(data) };
}

const decodeProperty = (text: string): string =>
  text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");

/** Characters that control a terminal, reorder or hide text, or are invalid. Line breaks are allowed. */
export const UNPRINTABLE =
  /[^\P{Cc}\n]|[\p{Cs}\p{Bidi_C}\u00ad\u200b-\u200d\u2028\u2029\u2060-\u2064\ufeff\ufff9-\ufffb\ufffe\uffff]/u;

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
}

/**
 * A strict XML 1.0 parser. Throws if the text is not well-formed or uses anything that reports don't need.
 */
export function parseXml(text: string): XmlElement {
  if (!/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u.test(text))
    throw new Error("a character that XML 1.0 forbids");
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  const root: XmlElement = { name: "", attributes: {}, children: [] };
  const open = [root];
  const token = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  while (token.lastIndex < body.length) {
    const at = token.lastIndex;
    const match = token.exec(body);
    if (!match) throw new Error(`no markup: ${JSON.stringify(body.slice(at, at + 40))}`);
    const [, closing, name, attributes = "", empty, words] = match;
    if (words !== undefined) open.at(-1)!.children.push(decodeText(words));
    else if (closing) {
      if (open.pop()!.name !== name) throw new Error(`</${name}> ends something else`);
    } else {
      const element = { name: name!, attributes: parseAttributes(attributes), children: [] };
      open.at(-1)!.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length !== 1) throw new Error("not closed");
  return root.children.find((child) => typeof child !== "string")!;
}

const parseAttributes = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name, value]) => [name, decodeText(value!)]),
  );

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeText(text: string): string {
  if (text.includes("]]>")) throw new Error("]]> in text");
  return text.replace(/&([^;]*);?/g, (whole, name) => {
    if (!whole.endsWith(";") || !Object.hasOwn(ENTITIES, name)) throw new Error(`no entity: ${whole}`);
    return ENTITIES[name]!;
  });
}

export const listElements = (element: XmlElement): XmlElement[] => [
  element,
  ...element.children.filter((child) => typeof child !== "string").flatMap(listElements),
];

/** Splits a table row into cells by both interpretations of a backslash; undefined if they disagree. */
export function splitCells(row: string): string[] | undefined {
  const byPairs = [...row.matchAll(/((?:\\[!-/:-@[-`{-~]|[^|])*)(?:\||$)/g)].map(([, cell]) => cell!);
  const byNeighbour = row.split(/(?<!\\)\|/);
  while (byPairs.length > byNeighbour.length && byPairs.at(-1) === "") byPairs.pop();
  return JSON.stringify(byPairs) === JSON.stringify(byNeighbour)
    ? byNeighbour.slice(1, -1).map((cell) => cell.trim())
    : undefined;
}

/**
 * Replaces code spans in inline Markdown by NUL. As in CommonMark, a span ends at a run of backticks of equal
 * length.
 */
export function stripCodeSpans(text: string): string {
  let rest = text;
  let out = "";
  for (;;) {
    const run = /`+/.exec(rest);
    if (!run) return out + rest;
    out += rest.slice(0, run.index);
    const after = rest.slice(run.index + run[0].length);
    const close = [...after.matchAll(/`+/g)].find(([end]) => end.length === run[0].length);
    if (!close) return `${out}${run[0]}${after}`;
    out += "\u0000";
    rest = after.slice(close.index + run[0].length);
  }
}
