import type { Unread } from "../../request.ts";
import type { KnownNames } from "../names.ts";
import { certainCallsInPart } from "../texts.ts";

/** How a notebook of Databricks begins that is kept as a program. */
const NOTEBOOK = /^(?:#|\/\/|--) Databricks notebook source/;

const MAGIC = /^(?:#|\/\/|--) MAGIC(?: |$)/;

/** The calls in cells of another language, which such a notebook keeps in comments. */
export function callsInMagic(text: string, names: KnownNames): Unread[] {
  if (!NOTEBOOK.test(text)) return [];
  const code = text.replace(/^[^\n]*$/gm, (line) => {
    const mark = MAGIC.exec(line)?.[0].length ?? line.length;
    return " ".repeat(mark) + line.slice(mark);
  });
  return certainCallsInPart(code, names, "text");
}
