import type { Parser, Tree } from "web-tree-sitter";

/**
 * The functions of the engine that walk along a tree. `TreeCursor` of web-tree-sitter calls the same, but writes the cursor into the
 * engine's memory before each call and reads it back after, which takes several times as long as the call. As long as there
 * is only one cursor, it stays where the engine has it.
 */
interface CursorFunctions {
  _ts_tree_root_node_wasm(tree: number): void;
  _ts_tree_cursor_new_wasm(tree: number): void;
  _ts_tree_cursor_delete_wasm(tree: number): void;
  _ts_tree_cursor_goto_first_child_wasm(tree: number): number;
  _ts_tree_cursor_goto_next_sibling_wasm(tree: number): number;
  _ts_tree_cursor_goto_parent_wasm(tree: number): number;
  _ts_tree_cursor_current_node_type_id_wasm(tree: number): number;
  _ts_tree_cursor_current_node_is_missing_wasm(tree: number): number;
  _ts_tree_cursor_current_field_id_wasm(tree: number): number;
  _ts_tree_cursor_start_index_wasm(tree: number): number;
  _ts_tree_cursor_end_index_wasm(tree: number): number;
}

type EngineOptions = NonNullable<Parameters<typeof Parser.init>[0]>;

/** The engine: web-tree-sitter puts its functions into the options that it is started with. */
export type TreeEngine = EngineOptions & CursorFunctions;

/** Starts the engine. */
export async function startEngine(parser: typeof Parser, wasmBinary: Uint8Array): Promise<TreeEngine> {
  const options: EngineOptions = { wasmBinary };
  await parser.init(options);
  return options as TreeEngine;
}

/** Walks along a tree, from its root. Until it is deleted, nothing else may be asked of the engine. */
export class Cursor {
  readonly #engine: TreeEngine;
  readonly #tree: number;

  constructor(engine: TreeEngine, tree: Tree) {
    this.#engine = engine;
    // Its address in the engine's memory, which its type doesn't name.
    this.#tree = (tree as unknown as readonly [number])[0];
    engine._ts_tree_root_node_wasm(this.#tree);
    engine._ts_tree_cursor_new_wasm(this.#tree);
  }

  get type(): number {
    return this.#engine._ts_tree_cursor_current_node_type_id_wasm(this.#tree);
  }

  get start(): number {
    return this.#engine._ts_tree_cursor_start_index_wasm(this.#tree);
  }

  get end(): number {
    return this.#engine._ts_tree_cursor_end_index_wasm(this.#tree);
  }

  get field(): number {
    return this.#engine._ts_tree_cursor_current_field_id_wasm(this.#tree);
  }

  get isMissing(): boolean {
    return this.#engine._ts_tree_cursor_current_node_is_missing_wasm(this.#tree) !== 0;
  }

  toFirstChild(): boolean {
    return this.#engine._ts_tree_cursor_goto_first_child_wasm(this.#tree) === 1;
  }

  toNextSibling(): boolean {
    return this.#engine._ts_tree_cursor_goto_next_sibling_wasm(this.#tree) === 1;
  }

  toParent(): void {
    this.#engine._ts_tree_cursor_goto_parent_wasm(this.#tree);
  }

  delete(): void {
    this.#engine._ts_tree_cursor_delete_wasm(this.#tree);
  }
}
