import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, type Diagnostic as Mark, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, type Extension, type TransactionSpec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import type { TabFile } from "../protocol.ts";
import { findLoadedMode, loadMode } from "./modes.ts";

/** A place in a text: lines and columns start at 1, columns count UTF-16 units. */
export interface TextPlace {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export interface TextMark extends TextPlace {
  severity: "error" | "warning" | "info";
  message: string;
}

/** One editor, which shows one file after the other; each keeps its history. */
export class Editor {
  readonly #parent: HTMLElement;
  readonly #states = new Map<string, EditorState>();
  readonly #onChange: (path: string, text: string) => void;
  readonly #mode = new Compartment();
  #view: EditorView | undefined;
  #path = "";

  constructor(parent: HTMLElement, onChange: (path: string, text: string) => void) {
    this.#parent = parent;
    this.#onChange = onChange;
  }

  get path(): string {
    return this.#path;
  }

  show({ path, text }: TabFile, marks: readonly TextMark[]): void {
    if (this.#view && this.#path !== "") this.#states.set(this.#path, this.#view.state);
    this.#path = path;
    const known = this.#states.get(path);
    const state = known?.doc.toString() === text ? known : this.#createState(path, text);
    const marked = marks.length > 0 || known ? state.update(toMarking(state, marks)).state : state;
    // What is set up with its text is laid out once.
    if (this.#view) this.#view.setState(marked);
    else this.#view = new EditorView({ parent: this.#parent, state: marked });
  }

  /** Highlights the file that is shown, with what may have to be loaded for that. */
  async highlight(): Promise<void> {
    const path = this.#path;
    if ((await loadMode(path)) && this.#path === path)
      this.#view?.dispatch({ effects: this.#mode.reconfigure(findLoadedMode(path)) });
  }

  forgetAll(): void {
    this.#states.clear();
    this.#path = "";
  }

  mark(marks: readonly TextMark[]): void {
    if (this.#view) this.#view.dispatch(toMarking(this.#view.state, marks));
  }

  goTo(place: TextPlace): void {
    if (!this.#view) return;
    const { from, to } = toRange(this.#view.state, place);
    this.#view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
    this.#view.focus();
  }

  #createState(path: string, doc: string): EditorState {
    const onUpdate = EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) this.#onChange(this.#path, state.doc.toString());
    });
    const label = EditorView.contentAttributes.of({
      "aria-label": `Text of ${path}`,
      "aria-describedby": "editor-help",
    });
    const mode = this.#mode.of(findLoadedMode(path));
    return EditorState.create({ doc, extensions: [EXTENSIONS, mode, label, onUpdate] });
  }
}

function toMarking(state: EditorState, marks: readonly TextMark[]): TransactionSpec {
  const found = marks.map((mark) => toEditorMark(state, mark));
  found.sort((a, b) => a.from - b.from);
  return setDiagnostics(state, found);
}

/** `Esc` is the way out of the editor, also where something is selected, as a finding is after `F8`. */
const KEYS = defaultKeymap.filter(({ key }) => key !== "Escape");

const EXTENSIONS: Extension = [
  lineNumbers(),
  lintGutter(),
  history(),
  highlightSpecialChars(),
  drawSelection(),
  highlightActiveLine(),
  indentOnInput(),
  bracketMatching(),
  syntaxHighlighting(classHighlighter),
  EditorView.lineWrapping,
  keymap.of([...KEYS, ...historyKeymap, ...lintKeymap, indentWithTab]),
];

function toRange({ doc }: EditorState, { line, column, endLine, endColumn }: TextPlace) {
  const offset = (atLine: number, atColumn: number): number => {
    const { from, length } = doc.line(Math.min(Math.max(atLine, 1), doc.lines));
    return from + Math.min(Math.max(atColumn - 1, 0), length);
  };
  const from = offset(line, column);
  return { from, to: Math.max(from, offset(endLine, endColumn)) };
}

function toEditorMark(state: EditorState, { severity, message, ...place }: TextMark): Mark {
  return { ...toRange(state, place), severity, message };
}
