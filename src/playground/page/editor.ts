import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, type Diagnostic as Mark, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

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
  readonly #view: EditorView;
  readonly #states = new Map<string, EditorState>();
  readonly #onChange: (path: string, text: string) => void;
  #path = "";

  constructor(parent: HTMLElement, onChange: (path: string, text: string) => void) {
    this.#onChange = onChange;
    this.#view = new EditorView({ parent, state: EditorState.create() });
  }

  get path(): string {
    return this.#path;
  }

  show(path: string, text: string): void {
    if (this.#path !== "") this.#states.set(this.#path, this.#view.state);
    this.#path = path;
    const known = this.#states.get(path);
    this.#view.setState(known?.doc.toString() === text ? known : this.#createState(path, text));
  }

  forgetAll(): void {
    this.#states.clear();
    this.#path = "";
  }

  mark(marks: readonly TextMark[]): void {
    const { state } = this.#view;
    const found = marks.map((mark) => toEditorMark(state, mark));
    found.sort((a, b) => a.from - b.from);
    this.#view.dispatch(setDiagnostics(state, found));
  }

  goTo(place: TextPlace): void {
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
    return EditorState.create({ doc, extensions: [EXTENSIONS, languageOf(path), label, onUpdate] });
  }
}

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
  keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap, indentWithTab]),
];

function languageOf(path: string): Extension {
  if (/\.(?:json|template)$/i.test(path)) return json();
  return /\.ya?ml$/i.test(path) ? yaml() : [];
}

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
