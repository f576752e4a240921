import { sources } from "../compile-rules.mjs";

/** Reads each case of the JSON parsing test suite as a document of requests is read. */
export async function compareJson({ parsing }) {
  const { parseJson } = await sources('export { parseJson } from "./documents/json/json.ts";');
  const found = { cases: 0, left: 0, differences: [] };
  for (const { name, input, error } of parsing) {
    const faults = parseJson(input).faults.filter(({ severity }) => severity !== "warning");
    if (error === undefined) {
      found.left++;
      continue;
    }
    found.cases++;
    if (faults.length > 0 === error) continue;
    const what = error
      ? "is no JSON there, and is read here"
      : `is JSON there, and an error here: ${faults[0].message}`;
    found.differences.push({ id: `json/${name}`, what });
  }
  return found;
}
