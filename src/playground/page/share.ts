import type { Files } from "./state.ts";
import { isTabName, listFilled, NO_FILES, TABS, toSafePath } from "./state.ts";

const PREFIX = "#state=";

/** No server sees what stands behind the `#` of an address. */
export async function createLink(files: Files, base: string): Promise<string> {
  const given = Object.fromEntries(
    TABS.map(({ name }) => [name, listFilled(files, name)] as const).filter(([, list]) => list.length > 0),
  );
  const bytes = new TextEncoder().encode(JSON.stringify(given));
  const packed = await pipe(bytes, new CompressionStream("deflate-raw"));
  const text = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
  return `${base.split("#", 1)[0]}${PREFIX}${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** In characters: far more than an address that a browser takes may hold. */
const MAX_STATE_LENGTH = 8 * 1024 * 1024;

/** What a link holds; undefined for an address without a state. Throws where it can't be read. */
export async function readLink(fragment: string): Promise<Files | undefined> {
  if (!fragment.startsWith(PREFIX)) return undefined;
  const text = atob(fragment.slice(PREFIX.length).replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const unpacked = await pipe(bytes, new DecompressionStream("deflate-raw"), MAX_STATE_LENGTH);
  return toFiles(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(unpacked)));
}

/** A link is somebody else's text: nothing of it is taken but files, by tab. */
function toFiles(state: unknown): Files {
  const files: Record<string, unknown> = { ...NO_FILES };
  for (const [tab, list] of Object.entries(state as Record<string, unknown>)) {
    if (!isTabName(tab) || !Array.isArray(list)) continue;
    const fallback = TABS.find(({ name }) => name === tab)!.newName;
    files[tab] = list.flatMap((file: { path?: unknown; text?: unknown } | null) =>
      typeof file?.path === "string" && typeof file.text === "string"
        ? [{ path: toSafePath(file.path, fallback), text: file.text }]
        : [],
    );
  }
  return files as Files;
}

async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
  limit = Number.POSITIVE_INFINITY,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value as Uint8Array<ArrayBuffer>);
    length += value.length;
    if (length > limit) throw new Error("the state in this link is too large");
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
