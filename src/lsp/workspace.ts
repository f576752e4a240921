import { extname, join } from "node:path";
import type { Config } from "../config/config.ts";
import { findConfig } from "../config/find.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { LineIndex } from "../diagnostics/lines.ts";
import type { ParsedText } from "../documents/document.ts";
import { IncrementalYaml } from "../documents/yaml/incremental.ts";
import { checkFiles } from "../engine/check-files.ts";
import type { Engine } from "../engine/engine.ts";
import { extractRequests } from "../engine/extract.ts";
import type { OpenTexts } from "../files/source.ts";
import type { LocatedRequest } from "../requests/find.ts";
import { loadRunBaseline } from "../run/baseline.ts";
import { loadRunConfig, resolveConfigPaths, resolveFailurePolicy } from "../run/config.ts";
import { createRunEngine } from "../run/engine-options.ts";
import { createExplainer } from "../run/explanations.ts";
import { loadFileSettings } from "../run/inputs.ts";
import { createOwnFileTest, listOwnPaths } from "../run/own-files.ts";
import { checkWithValues } from "../run/values/check-with-values.ts";
import { listValueFiles } from "../run/values/value-options.ts";

/** A text of an open document, and the name under which it is checked. */
export interface NamedText {
  file: string;
  text: string;
}

/** A check of one text, as published. */
export interface CheckedText {
  diagnostics: readonly Diagnostic[];
  /** The texts that the places of the diagnostics refer to, by file. */
  sources: ReadonlyMap<string, LineIndex>;
}

/** Facts and files that change unnoticed, outside of what clients watch, are read again after this many milliseconds. */
const MAX_ENGINE_AGE = 5 * 60_000;

type LoadedWorkspace = Awaited<ReturnType<typeof loadWorkspace>>;

/** A folder with its configuration, and the engine that its documents are checked with. */
export class Workspace {
  readonly root: string;
  /** Directories of facts beside those that the configuration names. */
  readonly #context = new Set<string>();
  #loaded: Promise<LoadedWorkspace> | undefined;
  #loadedAt = 0;

  constructor(root: string) {
    this.root = root;
  }

  /** Forgets what was read: the configuration, facts, rules or schemas changed. */
  reload(): void {
    this.#loaded = undefined;
  }

  addContext(directory: string): void {
    this.#context.add(directory);
    this.reload();
  }

  get context(): readonly string[] {
    return [...this.#context];
  }

  /** Throws the errors of a configuration that can't be used. */
  async check({ file, text }: NamedText, openTexts: OpenTexts, now: Date): Promise<CheckedText> {
    const { engine, config, options } = await this.#load(now);
    engine.openTexts = openTexts;
    engine.ruleOptions = { ...engine.ruleOptions, now };
    // As a walk comes upon it: a file without requests is nothing to report.
    const entry = { file, isExplicit: false, source: { file, text } };
    const checked = await checkWithValues(
      { files: listValueFiles(undefined, config), assumesDefaults: false },
      {
        engine,
        bar: options,
        check: (filled) => checkFiles([entry], filled, options),
        readFrom: undefined,
        warn: () => {},
      },
    );
    return { diagnostics: checked.report.diagnostics, sources: checked.sources };
  }

  /** The requests of a text, whether or not anything is wrong with them. */
  async findRequests({ file, text }: NamedText): Promise<readonly LocatedRequest[]> {
    const { engine, options } = await this.#load(new Date());
    const operation = options.operationOf?.(file);
    const isOwnFile = options.isOwnFile(file);
    const isWanted = operation !== undefined;
    return (await extractRequests({ file, text, operation, isWanted, isOwnFile }, engine))?.requests ?? [];
  }

  async loadEngine(): Promise<Engine> {
    return (await this.#load(new Date())).engine;
  }

  /** Why there is the rule or the code. */
  async explain(code: string) {
    const { engine } = await this.#load(new Date());
    return createExplainer(engine)(code);
  }

  /** Where facts are written: the first directory of context that the configuration names, or one of its own. */
  async findContextDirectory(): Promise<string> {
    const { config } = await this.#load(new Date());
    const named = config ? resolveConfigPaths(config, config.context) : [];
    return named.find((path) => extname(path) === "") ?? join(this.root, "context");
  }

  /** Whether a file decides about the others: the configuration, or what it names. */
  async decides(file: string): Promise<boolean> {
    if (/(?:^|[\\/])countersign\.ya?ml$/.test(file)) return true;
    // A configuration that can't be used may be mended by any of its files.
    return this.#load(new Date()).then(
      ({ options }) => options.isOwnFile(file),
      () => true,
    );
  }

  #load(now: Date): Promise<LoadedWorkspace> {
    if (!this.#loaded || now.getTime() - this.#loadedAt > MAX_ENGINE_AGE) {
      this.#loaded = loadWorkspace(this.root, this.context);
      this.#loadedAt = now.getTime();
    }
    return this.#loaded;
  }
}

/** Documents whose last text is kept for the next keystroke. */
const MAX_EDITED = 16;

/** Parses what is edited by what changed since the last time. */
function createEditedParser(): (file: string, text: string) => ParsedText {
  const parsers = new Map<string, IncrementalYaml>();
  return (file, text) => {
    const parser = parsers.get(file) ?? new IncrementalYaml();
    parsers.delete(file);
    parsers.set(file, parser);
    const [oldest] = parsers.keys();
    if (parsers.size > MAX_EDITED) parsers.delete(oldest!);
    return parser.parse(text);
  };
}

async function loadWorkspace(root: string, context: readonly string[]) {
  const config: Config | undefined = await loadRunConfig(findConfig(root) ?? false);
  const flags = { schemas: [], context, rules: [] };
  const { engine } = await createRunEngine(flags, config);
  engine.parseEdited = createEditedParser();
  const { operationOf, waiverOf } = await loadFileSettings(config);
  const known = await loadRunBaseline(undefined, config);
  const options = {
    ...resolveFailurePolicy({}, config),
    ...(operationOf && { operationOf }),
    ...(waiverOf && { waiverOf }),
    isOwnFile: createOwnFileTest(listOwnPaths(flags, config)),
    ...(known && { mark: known.mark }),
  };
  return { engine, config, options };
}
