// Reads a whole documentation page: sections, syntax blocks, lists, and their combination.

import type { Note, Operation, Structure } from "../ir.ts";
import { PageError } from "../source-error.ts";
import { combine } from "./combine.ts";
import { type Place, readLines } from "./lines.ts";
import { parseParameters, parseResponseStructure } from "./parameter-list.ts";
import { readSections, type Section } from "./sections.ts";
import { parseRequestSyntax, parseResponseSyntax } from "./syntax-block.ts";
import { structureOf } from "./syntax-only.ts";

/** Characters. Far above the largest existing page (under 2 MB). */
const LARGEST_PAGE = 16 * 1024 * 1024;

export function readPage(text: string, page: string): Operation {
  if (text.length > LARGEST_PAGE) {
    const message = `the page is larger than ${LARGEST_PAGE / 1024 / 1024} MB, larger than any documentation page`;
    throw new PageError(
      page,
      { line: 1, column: 1 },
      message,
      "give the documentation page of one operation",
    );
  }
  const { service, method, operation, url, request, response } = readSections(page, readLines(text));
  const notes: Note[] = [];
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

function readRequest(page: string, section: Section, method: string, notes: Note[]): Structure | undefined {
  const { syntax, list, at } = section;
  if (!syntax)
    return tooLarge(at, "the request is too large to render on this page: no request schema", notes);
  const parsed = parseRequestSyntax(page, syntax, at, method);
  if (list) return combine(page, parsed, parseParameters(page, list, at));
  // Without the list, required members are unknown, and a schema would accept requests that lack them.
  return tooLarge(at, "the parameter list is too large to render on this page: no request schema", notes);
}

function readResponse(page: string, section: Section, notes: Note[]): Structure | undefined {
  const { syntax, list, at } = section;
  if (!syntax)
    return tooLarge(at, "the response is too large to render on this page: no response schema", notes);
  const parsed = parseResponseSyntax(page, syntax, at);
  if (list) return combine(page, parsed, parseResponseStructure(page, list, at));
  tooLarge(
    at,
    "the response structure is too large to render on this page: the schema is the syntax block's",
    notes,
  );
  return structureOf(parsed.members, parsed.at);
}

function tooLarge(at: Place, message: string, notes: Note[]): undefined {
  notes.push({ line: at.line, message });
}
