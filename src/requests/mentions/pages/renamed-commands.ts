import type { Unread } from "../../request.ts";
import { meantBy, toUnread } from "../find.ts";
import type { KnownNames } from "../names.ts";
import { createServiceMatcher } from "../services.ts";

/** `{ CreateXCommand as Task }` of an import, `{ CreateXCommand: Task }` of `require`. */
const RENAMED = /\b(\w{3,200})Command(?:\s{1,20}as\s{1,20}|\s{0,20}:\s{0,20})([A-Za-z_$][\w$]{0,100})/g;

/** `new Task(`, `:command="Task"`, `command={Task}`. */
const USED =
  /\bnew\s{1,20}([A-Za-z_$][\w$]{0,100})|[{"'(,]\s{0,20}([A-Za-z_$][\w$]{0,100})(?=\s{0,20}["'}),])/g;

/** Commands of the SDK for JavaScript that a component calls by another name outside of its scripts. */
export function callsOfRenamed(text: string, names: KnownNames): Unread[] {
  const isNamed = createServiceMatcher(text);
  const meanings = new Map(
    [...text.matchAll(RENAMED)].flatMap(({ 1: name = "", 2: local = "" }) => {
      const meant = meantBy(names.find(name), isNamed);
      return meant && local !== `${name}Command` ? [[local, meant] as const] : [];
    }),
  );
  if (meanings.size === 0) return [];
  return [...text.matchAll(USED)].flatMap(({ 0: use, 1: made, 2: given, index }) => {
    const local = made ?? given ?? "";
    const meant = meanings.get(local);
    const start = index + use.lastIndexOf(local);
    return meant
      ? [toUnread({ start, end: start + local.length }, meant.operations, meant.services, "javascript")]
      : [];
  });
}
