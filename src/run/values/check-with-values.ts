import type { FailurePolicy } from "../../diagnostics/report.ts";
import type { Filling, GivenValues } from "../../documents/given-values.ts";
import { createFilling } from "../../documents/given-values.ts";
import type { Engine } from "../../engine/engine.ts";
import type { CheckedFiles } from "../../engine/report/build-report.ts";
import type { ValueFile } from "./value-options.ts";

interface ValueOptions {
  files: readonly ValueFile[];
  assumesDefaults: boolean;
}

interface CheckSetup {
  engine: Engine;
  bar: FailurePolicy;
  check: (engine: Engine) => Promise<CheckedFiles>;
  /** Maps a path to the path that is read, for files that come from a commit. */
  readFrom: ((file: string) => Promise<string>) | undefined;
  /** Called with what the user should know of the values, though no finding is about it. */
  warn(note: string): void;
}

/** Checks once with each set of values, or once without any. A run without values loads nothing for them. */
export async function checkWithValues(
  { files, assumesDefaults }: ValueOptions,
  { engine, bar, check, readFrom, warn }: CheckSetup,
): Promise<CheckedFiles> {
  if (files.length === 0 && !assumesDefaults) return check(engine);
  const { loadValueSets } = await import("./value-sets.ts");
  const { describeUnusedValues } = await import("./unused-values.ts");
  const [sole, ...sets] = await loadValueSets(files, readFrom);
  const fillings: Filling[] = [];
  const checkWith = (values: GivenValues): Promise<CheckedFiles> => {
    engine.filling = createFilling(values, assumesDefaults);
    fillings.push(engine.filling);
    return check(engine);
  };
  if (sole?.name === undefined) {
    const checked = await checkWith(sole?.values ?? new Map());
    for (const note of describeUnusedValues(fillings)) warn(note);
    return checked;
  }
  const results = [];
  for (const { name = "", values } of [sole, ...sets])
    results.push({ name, checked: await checkWith(values) });
  for (const note of describeUnusedValues(fillings)) warn(note);
  const { mergeSets } = await import("./merge-sets.ts");
  return mergeSets(results, bar);
}
