import type { TabFile } from "../protocol.ts";
import { createTabs, findElement } from "./dom.ts";
import type { TextMark, TextPlace } from "./editor.ts";
import { Editor } from "./editor.ts";
import type { Files, TabName } from "./state.ts";
import { describeTab, isTabName, NO_FILES, TABS, toSafePath } from "./state.ts";

/** The tabs with their files, and the editor that shows one of them. */
export class FilesPane {
  #files: Files = NO_FILES;
  #tab: TabName = "document";
  /** Which file each tab shows. */
  readonly #shown = new Map<TabName, number>();
  #marks: ReadonlyMap<string, readonly TextMark[]> = new Map();
  readonly #editor: Editor;
  readonly #onChange: () => void;
  readonly #selectTab: (id: string) => void;
  readonly #choice = findElement<HTMLSelectElement>("file");
  readonly #name = findElement<HTMLInputElement>("name");

  constructor(onChange: () => void) {
    this.#onChange = onChange;
    this.#editor = new Editor(findElement("editor"), (path, text) => this.#type(path, text));
    const tabs = TABS.map(({ name, label }) => ({ id: name, label, controls: "panel" }));
    this.#selectTab = createTabs(findElement("tabs"), tabs, (id) => isTabName(id) && this.openTab(id));
    this.#choice.addEventListener("change", () => this.#open(this.#tab, this.#choice.selectedIndex));
    this.#name.addEventListener("change", () => this.#rename(this.#name.value));
    findElement("add").addEventListener("click", () => this.#add());
    findElement("remove").addEventListener("click", () => this.#remove());
  }

  get files(): Files {
    return this.#files;
  }

  /** Replaces everything. */
  load(files: Files): void {
    this.#files = files;
    this.#shown.clear();
    this.#editor.forgetAll();
    this.openTab("document");
  }

  openTab(tab: TabName): void {
    this.#tab = tab;
    this.#selectTab(tab);
    findElement("panel").setAttribute("aria-labelledby", `tab-${tab}`);
    findElement("hint").textContent = describeTab(tab).hint;
    const isSingle = describeTab(tab).isSingle ?? false;
    this.#name.readOnly = isSingle;
    findElement("add").hidden = isSingle;
    if (this.#files[tab].length === 0)
      this.#files = { ...this.#files, [tab]: [createFile(tab, this.listAll())] };
    this.#open(tab, this.#shown.get(tab) ?? 0);
  }

  /** Adds files to a tab, in place of those of the same names. */
  put(tab: TabName, files: readonly TabFile[]): void {
    const kept = this.#files[tab].filter(
      ({ path, text }) => text !== "" && !files.some((file) => file.path === path),
    );
    this.#files = { ...this.#files, [tab]: [...kept, ...files] };
    this.#shown.set(tab, kept.length);
    if (this.#tab === tab) this.openTab(tab);
    this.#onChange();
  }

  /** Marks what was found, by file. */
  mark(marks: ReadonlyMap<string, readonly TextMark[]>): void {
    this.#marks = marks;
    this.#editor.mark(marks.get(this.#editor.path) ?? []);
  }

  goTo(path: string, place: TextPlace): void {
    const tab = TABS.find(({ name }) => this.#files[name].some((file) => file.path === path))?.name;
    if (tab === undefined) return;
    this.#shown.set(
      tab,
      this.#files[tab].findIndex((file) => file.path === path),
    );
    this.openTab(tab);
    this.#editor.goTo(place);
  }

  listAll(): readonly TabFile[] {
    return TABS.flatMap(({ name }) => this.#files[name]);
  }

  #open(tab: TabName, index: number): void {
    const files = this.#files[tab];
    const at = Math.min(Math.max(index, 0), files.length - 1);
    this.#shown.set(tab, at);
    const file = files[at]!;
    this.#choice.replaceChildren(...files.map(({ path }) => new Option(path, path)));
    this.#choice.selectedIndex = at;
    findElement("file-choice").hidden = files.length < 2;
    this.#name.value = file.path;
    this.#editor.show(file, this.#marks.get(file.path) ?? []);
    whenIdle(() => this.#editor.highlight());
  }

  #type(path: string, text: string): void {
    const files = this.#files[this.#tab].map((file) => (file.path === path ? { path, text } : file));
    this.#files = { ...this.#files, [this.#tab]: files };
    this.#onChange();
  }

  #rename(wish: string): void {
    const at = this.#shown.get(this.#tab) ?? 0;
    const { path, text } = this.#files[this.#tab][at]!;
    const others = this.listAll().filter((file) => file.path !== path);
    const name = findFreePath(toSafePath(wish, path), others);
    const files = this.#files[this.#tab].with(at, { path: name, text });
    this.#files = { ...this.#files, [this.#tab]: files };
    this.#open(this.#tab, at);
    this.#onChange();
  }

  #add(): void {
    const files = [...this.#files[this.#tab], createFile(this.#tab, this.listAll())];
    this.#files = { ...this.#files, [this.#tab]: files };
    this.#open(this.#tab, files.length - 1);
    this.#name.focus();
    this.#onChange();
  }

  #remove(): void {
    const at = this.#shown.get(this.#tab) ?? 0;
    this.#files = { ...this.#files, [this.#tab]: this.#files[this.#tab].toSpliced(at, 1) };
    this.openTab(this.#tab);
    this.#onChange();
  }
}

/** After the first report: a text can be read without colours. */
const whenIdle = (work: () => void): void =>
  void ("requestIdleCallback" in globalThis
    ? requestIdleCallback(work, { timeout: 1000 })
    : setTimeout(work));

const createFile = (tab: TabName, others: readonly TabFile[]): TabFile => ({
  path: findFreePath(describeTab(tab).newName, others),
  text: "",
});

/** A path that no other file has: with a number before the ending, if need be. */
function findFreePath(wish: string, others: readonly TabFile[]): string {
  const isTaken = (path: string): boolean => others.some((file) => file.path === path);
  const [, start = wish, ending = ""] = /^(.*?)(\.[^/]*)?$/s.exec(wish) ?? [];
  let path = wish;
  for (let number = 2; isTaken(path); number++) path = `${start}-${number}${ending}`;
  return path;
}
