import type { FailurePolicy } from "../diagnostics/report.ts";
import type { GivenValues } from "../documents/given-values.ts";
import type { CheckedFiles } from "../engine/check-files.ts";
import type { Engine } from "../engine/engine.ts";
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
}

/** Checks once with each set of values, or once without any. A run without values loads nothing for them. */
export async function checkWithValues(
  { files, assumesDefaults }: ValueOptions,
  { engine, bar, check, readFrom }: CheckSetup,
): Promise<CheckedFiles> {
  if (files.length === 0 && !assumesDefaults) return check(engine);
  const { loadValueSets } = await import("./value-sets.ts");
  const [sole, ...sets] = await loadValueSets(files, readFrom);
  const checkWith = (values: GivenValues): Promise<CheckedFiles> => {
    engine.filling = { values, assumesDefaults };
    return check(engine);
  };
  if (sole?.name === undefined) return checkWith(sole?.values ?? new Map());
  const results = [];
  for (const { name = "", values } of [sole, ...sets])
    results.push({ name, checked: await checkWith(values) });
  const { mergeSets } = await import("./merge-sets.ts");
  return mergeSets(results, bar);
}
