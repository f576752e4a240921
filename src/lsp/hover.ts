import type { Hover } from "vscode-languageserver";
import type { Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { escapeHarmful, quoted } from "../diagnostics/text.ts";
import type { Engine } from "../engine/engine.ts";
import type { LocatedRequest } from "../requests/find.ts";
import { findSchemaAt } from "../schema/json-schema.ts";
import { isShown } from "./diagnostics.ts";
import { PositionMap } from "./locations.ts";
import { describeOperation, describeSchemaMember, escapeMarkdown } from "./member-text.ts";
import { findPartSpan, holdsOffset, walkPayload } from "./payload-walk.ts";
import type { CheckedDocument, OpenDocument } from "./session.ts";

/** What there is to say about a position: the member or operation there, and why its findings are findings. */
export async function hoverAt(
  open: OpenDocument,
  offset: number,
  checked: CheckedDocument | undefined,
): Promise<Hover | undefined> {
  const engine = await open.workspace.loadEngine();
  const member = findMember(await open.workspace.findRequests(open), offset, engine);
  const findings = checked ? await describeFindings(checked, offset) : [];
  const parts = [...findings, ...(member ? [member.text] : [])];
  if (parts.length === 0) return undefined;
  const range = member && new PositionMap(open.text).rangeOf(member.span.start, member.span.end);
  return { contents: { kind: "markdown", value: parts.join("\n\n---\n\n") }, ...(range && { range }) };
}

interface DescribedSpan {
  span: Span;
  text: string;
}

/** The smallest member or operation around an offset. */
function findMember(
  requests: readonly LocatedRequest[],
  offset: number,
  engine: Engine,
): DescribedSpan | undefined {
  let best: { span: Span; request: LocatedRequest; path?: Path } | undefined;
  const consider = (span: Span | undefined, request: LocatedRequest, path?: Path): void => {
    if (!span || !holdsOffset(span, offset)) return;
    if (best && best.span.end - best.span.start < span.end - span.start) return;
    best = { span, request, ...(path && { path }) };
  };
  for (const request of requests) {
    consider(request.operationSpan(), request);
    for (const { path, value } of walkPayload(request.payload)) {
      if (path.length === 0) continue;
      consider(findPartSpan(request, path, "key"), request, path);
      if (typeof value !== "object") consider(findPartSpan(request, path, "value"), request, path);
    }
  }
  const text = best && describePart(best.request, best.path, engine);
  return best && text !== undefined ? { span: best.span, text } : undefined;
}

function describePart(
  { operation, dialect }: LocatedRequest,
  path: Path | undefined,
  { schemas }: Engine,
): string | undefined {
  const source = schemas.find(operation)?.source;
  if (!source) return undefined;
  if (!path) return describeOperation(operation, source);
  const schema = findSchemaAt(source, path);
  if (!schema) return undefined;
  const name = path.at(-1)!;
  const isRequired = findSchemaAt(source, path.slice(0, -1))?.required?.includes(String(name)) ?? false;
  const shown =
    typeof name === "number" ? `${path.at(-2) ?? ""}[${name}]` : (dialect?.toContainerName(name) ?? name);
  return describeSchemaMember(shown, schema, isRequired);
}

/** More would fill the screen. */
const MAX_FINDINGS = 5;

async function describeFindings(
  { checked, file, workspace, text }: CheckedDocument,
  offset: number,
): Promise<string[]> {
  const map = new PositionMap(text);
  const at = checked.diagnostics.filter(
    (one) => isShown(one) && (one.file ?? file) === file && holdsOffset(map.toSpan(one), offset),
  );
  const codes = [...new Set(at.map(({ code }) => code))].slice(0, MAX_FINDINGS);
  const explained = await Promise.all(
    codes.map(async (code) => ({ code, why: await workspace.explain(code) })),
  );
  return explained.flatMap(({ code, why }) =>
    why ? [`**${quoted(code)}** ${escapeMarkdown(escapeHarmful(why.summary))}`] : [],
  );
}
