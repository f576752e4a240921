import type { Extension } from "@codemirror/state";

type ModeName = "json" | "yaml";

/** Each with its grammar, which comes when the first text of the language is shown. */
const LOADERS: Record<ModeName, () => Promise<{ createMode: () => Extension }>> = {
  json: () => import("./modes/json.ts"),
  yaml: () => import("./modes/yaml.ts"),
};

const loaded = new Map<ModeName, Extension>();

function findMode(path: string): ModeName | undefined {
  if (/\.(?:json|template)$/i.test(path)) return "json";
  return /\.ya?ml$/i.test(path) ? "yaml" : undefined;
}

/** How the editor highlights a file, as far as that is loaded. */
export function findLoadedMode(path: string): Extension {
  const name = findMode(path);
  return (name && loaded.get(name)) ?? [];
}

/** Loads how the editor highlights a file, if it is known and isn't there yet; whether it is there now and wasn't before. */
export async function loadMode(path: string): Promise<boolean> {
  const name = findMode(path);
  if (name === undefined || loaded.has(name)) return false;
  try {
    const { createMode } = await LOADERS[name]();
    loaded.set(name, createMode());
    return true;
  } catch {
    // A text without colours is as good to edit.
    return false;
  }
}
