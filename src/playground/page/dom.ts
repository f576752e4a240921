import { escapeHarmful } from "../../diagnostics/text.ts";

/** The element with an id, which the page has. */
export function findElement<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as T;
}

type Child = Node | string;

/** Text becomes text nodes: nothing that is shown is read as markup. */
export function createElement<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A message: what is in backticks becomes code. */
export const formatMessage = (text: string): Child[] =>
  escapeHarmful(text)
    .split("`")
    .map((part, index) => (index % 2 === 1 ? createElement("code", {}, part) : part));

/** A message of several lines, as the command line prints it. */
export const showLines = (text: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement =>
  createElement("pre", attributes, escapeLines(text));

/** Text without what could control how it is shown, but for its line breaks. */
export const escapeLines = (text: string): string => text.split("\n").map(escapeHarmful).join("\n");

/** Buttons of which one is chosen, as the ARIA pattern of tabs has them: arrow keys move along. */
export function createTabs(
  list: HTMLElement,
  tabs: readonly { id: string; label: string; controls: string }[],
  onChoose: (id: string) => void,
): (id: string) => void {
  const buttons = tabs.map(({ id, label, controls }) =>
    createElement(
      "button",
      { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": controls },
      label,
    ),
  );
  const select = (id: string): void => {
    for (const button of buttons) {
      const isChosen = button.id === `tab-${id}`;
      button.setAttribute("aria-selected", String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
    }
  };
  const choose = (index: number): void => {
    const { id } = tabs[index]!;
    select(id);
    onChoose(id);
  };
  for (const [index, button] of buttons.entries()) {
    button.addEventListener("click", () => choose(index));
    button.addEventListener("keydown", (event) => {
      const last = tabs.length - 1;
      const next = {
        ArrowRight: index === last ? 0 : index + 1,
        ArrowLeft: index === 0 ? last : index - 1,
        Home: 0,
        End: last,
      }[event.key];
      if (next === undefined) return;
      choose(next);
      buttons[next]!.focus();
      event.preventDefault();
    });
  }
  list.replaceChildren(...buttons);
  return select;
}
