/** Draws what the command line prints on a terminal as SVG: the same bytes for the same text. */

/** In characters, and in pixels. */
const COLUMNS = 112;
const [CHARACTER, LINE, MARGIN] = [8.43, 19, 16];

const CLASSES = { 1: "bold", 2: "dim", 31: "red", 32: "green", 33: "yellow", 34: "blue" };

const STYLE = `
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #e6edf3; white-space: pre; }
.bold { font-weight: 600; }
.dim { fill: #8b949e; }
.red { fill: #ff7b72; }
.green { fill: #7ee787; }
.yellow { fill: #e3b341; }
.blue { fill: #79c0ff; }
.prompt { fill: #8b949e; }
`;

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escapeXml = (text) => text.replace(/[&<>]/g, (character) => ENTITIES[character]);

/** The characters of a line, each with the style that was set before it. */
function readCells(line) {
  let style = "";
  const cells = [];
  for (const [, code, character] of line.matchAll(/\u001b\[(\d+)m|([\s\S])/g)) {
    if (code === undefined) cells.push({ character, style });
    else style = CLASSES[code] ?? "";
  }
  return cells;
}

/** As a terminal does, in the middle of words. */
function wrap(cells) {
  const rows = [];
  for (let start = 0; start === 0 || start < cells.length; start += COLUMNS)
    rows.push(cells.slice(start, start + COLUMNS));
  return rows;
}

function drawRow(cells) {
  const runs = [];
  for (const { character, style } of cells) {
    if (runs.at(-1)?.style === style) runs.at(-1).text += character;
    else runs.push({ style, text: character });
  }
  return runs
    .map(({ style, text }) =>
      style === "" ? escapeXml(text) : `<tspan class="${style}">${escapeXml(text)}</tspan>`,
    )
    .join("");
}

/** `command` is what was typed, `printed` what came of it, with its escape sequences. */
export function drawTerminal(command, printed) {
  const lines = printed.trimEnd().split("\n").map(readCells);
  const rows = [
    `<tspan class="prompt">$ </tspan>${escapeXml(command)}`,
    "",
    ...lines.flatMap(wrap).map(drawRow),
  ];
  const width = Math.ceil(COLUMNS * CHARACTER) + 2 * MARGIN;
  const height = rows.length * LINE + 2 * MARGIN;
  const texts = rows.map(
    (row, index) =>
      `<text x="${MARGIN}" y="${MARGIN + 14 + index * LINE}" xml:space="preserve">${row}</text>`,
  );
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(command)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    ...texts,
    "</svg>",
  ].join("\n")}\n`;
}
