import { sources } from "../compile-rules.mjs";

/** Reads each case of the YAML test suite as a document of requests is read. */
export async function compareYaml(suite) {
  const { parseYaml } = await sources('export { parseYaml } from "./documents/yaml/yaml.ts";');
  const found = { cases: 0, left: 0, differences: [] };
  for (const { id, cases } of Object.values(suite.default ?? suite).filter((one) => one?.cases)) {
    let before;
    for (const [index, one] of cases.entries()) {
      // A case has what differs from the one before.
      const test = { ...before, fail: undefined, ...one };
      before = test;
      if (test.skip || test.yaml === undefined) {
        found.left++;
        continue;
      }
      found.cases++;
      const what = compareCase(test);
      if (what)
        found.differences.push({
          id: `yaml/${id}${cases.length > 1 ? `:${index}` : ""}`,
          what: `${what} (${test.name})`,
        });
    }
  }
  return found;

  function compareCase({ yaml, json, fail }) {
    let read;
    try {
      read = parseYaml(toText(yaml));
    } catch (error) {
      return `can't be read: ${error.message}`;
    }
    const errors = read.faults.filter(({ severity }) => severity !== "warning");
    if (fail) return errors.length > 0 ? undefined : "is no YAML there, and is read here";
    if (errors.length > 0) return `is YAML there, and an error here: ${errors[0].message}`;
    if (json === undefined || json === null) return undefined;
    const expected = splitJson(json);
    const got = read.documents.map(({ value }) => value);
    const [left, right] = [expected, got].map((values) => JSON.stringify(values.map(sorted)));
    return left === right ? undefined : `is ${left} there, here ${right}`;
  }
}

/** The suite shows white space by signs. */
const toText = (yaml) =>
  yaml
    .replaceAll("␣", " ")
    .replaceAll(/—*»/g, "\t")
    .replaceAll("⇔", "\uFEFF")
    .replaceAll("↵", "")
    .replaceAll("←", "\r")
    .replace(/∎\n$/, "");

const sorted = (value) =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === "object"
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(value[key])]),
        )
      : typeof value === "bigint"
        ? Number(value)
        : value;

/** Several JSON values one after the other. */
function splitJson(text) {
  const values = [];
  let start = 0;
  for (let end = 1; end <= text.length; end++) {
    if (end < text.length && text[end] !== "\n" && text[end - 1] !== "\n") continue;
    const part = text.slice(start, end).trim();
    if (part === "") continue;
    try {
      values.push(JSON.parse(part));
      start = end;
    } catch {}
  }
  return values;
}
