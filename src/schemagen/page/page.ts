// Reads a whole documentation page: sections, syntax blocks, lists, and their combination.

import type { IrOperation, IrStructure, SourceNote } from "../ir.ts";
import { PageError } from "../source-error.ts";
import { combineSyntaxAndList } from "./combine.ts";
import { type Position, readLines } from "./lines.ts";
import { parseParameters, parseResponseStructure } from "./parameter-list.ts";
import { type PageSection, readSections } from "./sections.ts";
import { parseRequestSyntax, parseResponseSyntax } from "./syntax-block.ts";
import { structureFromSyntax } from "./syntax-only.ts";

/** Characters. Far above the largest existing page (under 2 MB). */
const MAX_PAGE_LENGTH = 16 * 1024 * 1024;

export function readPage(text: string, page: string): IrOperation {
  if (text.length > MAX_PAGE_LENGTH) {
    const message = `the page is larger than ${MAX_PAGE_LENGTH / 1024 / 1024} MB, larger than any documentation page`;
    throw new PageError(
      page,
      { line: 1, column: 1 },
      message,
      "give the documentation page of one operation",
    );
  }
  const { service, method, operation, url, request, response } = readSections(page, readLines(text));
  const notes: SourceNote[] = [];
  return {
    service,
    operation,
    origin: { page: `${service}/${method}.rst` },
    url,
    request: readRequest(page, request, method, notes),
    response: response && readResponse(page, response, notes),
    notes,
  };
}

function readRequest(
  page: string,
  section: PageSection,
  method: string,
  notes: SourceNote[],
): IrStructure | undefined {
  const { syntax, list, at } = section;
  if (!syntax)
    return noteTooLarge(at, "the request is too large to render on this page: no request schema", notes);
  const parsed = parseRequestSyntax(page, syntax, at, method);
  if (list) return combineSyntaxAndList(page, parsed, parseParameters(page, list, at));
  // Without the list, required members are unknown, and a schema would accept requests that lack them.
  return noteTooLarge(at, "the parameter list is too large to render on this page: no request schema", notes);
}

function readResponse(page: string, section: PageSection, notes: SourceNote[]): IrStructure | undefined {
  const { syntax, list, at } = section;
  if (!syntax)
    return noteTooLarge(at, "the response is too large to render on this page: no response schema", notes);
  const parsed = parseResponseSyntax(page, syntax, at);
  if (list) return combineSyntaxAndList(page, parsed, parseResponseStructure(page, list, at));
  noteTooLarge(
    at,
    "the response structure is too large to render on this page: the schema is the syntax block's",
    notes,
  );
  return structureFromSyntax(parsed.members, parsed.at);
}

function noteTooLarge(at: Position, message: string, notes: SourceNote[]): undefined {
  notes.push({ line: at.line, message });
}
