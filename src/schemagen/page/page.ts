// A documentation page, read whole: sections, syntax, lists, and what they say together.

import type { Note, Operation, Structure } from "../ir.ts";
import { PageError } from "../source-error.ts";
import { combine } from "./combine.ts";
import { type Place, readLines } from "./lines.ts";
import { parseParameters, parseResponseStructure } from "./parameter-list.ts";
import { readSections, type Section } from "./sections.ts";
import { parseRequestSyntax, parseResponseSyntax } from "./syntax-block.ts";
import { structureOf } from "./syntax-only.ts";

/** Far above the largest page there is (under 2 MB). */
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
  // Without it, a schema would let requests pass that lack what is required.
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
