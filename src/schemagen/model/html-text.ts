// Converts the HTML of a model's documentation to lines of prose in the format of pages: blank lines between
// paragraphs, `* ` before list items, double backticks around code.

/** Characters; the rest is ignored. Limits and descriptions are at the beginning. */
const MAX_HTML_LENGTH = 20_000;

// Excluding `<` inside of tags keeps the search linear.
const TAG = /<(\/?)([A-Za-z][A-Za-z0-9]*)\b[^<>]*>/g;
const BLOCKS = new Set(
  "p ul ol li dl dt dd note important div table tr td th br h1 h2 h3 h4 h5 h6 pre examples fullname title body section".split(
    " ",
  ),
);

export function proseFromHtml(html: string): string[] {
  const lines: string[] = [];
  let open = "";
  const close = (next = "") => {
    const text = open.replace(/\s+/g, " ").trim();
    if (text !== "" && text !== "*") lines.push(text, "");
    open = next;
  };
  const text = html.slice(0, MAX_HTML_LENGTH);
  let end = 0;
  for (const match of text.matchAll(TAG)) {
    open += escapeText(text.slice(end, match.index));
    end = match.index + match[0].length;
    const name = match[2]!.toLowerCase();
    if (BLOCKS.has(name)) {
      // A paragraph at the beginning of a list item is the item itself.
      if (!(name === "p" && open.trim() === "*")) close(name === "li" && match[1] === "" ? "* " : "");
    } else if (name === "code") open += "``";
  }
  open += escapeText(text.slice(end));
  close();
  return lines;
}

const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  mdash: "—",
  ndash: "–",
  rsquo: "’",
  lsquo: "‘",
  ldquo: "“",
  rdquo: "”",
  hellip: "…",
};

/** Decodes the entities in text between tags, and escapes characters that would be read as markup. */
function escapeText(text: string): string {
  return text
    .replace(
      /&(#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-z]{2,8});/g,
      (whole, name: string) => decodeEntity(name) ?? whole,
    )
    .replace(/[*`\\]/g, "\\$&");
}

function decodeEntity(name: string): string | undefined {
  if (!name.startsWith("#")) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
