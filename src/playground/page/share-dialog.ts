import { escapeHarmful } from "../../diagnostics/text.ts";
import { createElement, findElement } from "./dom.ts";
import { createLink } from "./share.ts";
import type { Files } from "./state.ts";
import { listFilled, TABS } from "./state.ts";

/** Says what a link would hold, and makes it only then. */
export async function openShareDialog(files: Files): Promise<void> {
  const dialog = findElement<HTMLDialogElement>("share-dialog");
  const link = await createLink(files, location.href);
  const address = createElement("input", { readonly: "", "aria-label": "Link", id: "link" });
  address.value = link;
  const copied = createElement("span", { role: "status" });
  const copy = createElement("button", { type: "button", id: "copy" }, "Copy the link");
  copy.addEventListener("click", () => {
    address.select();
    navigator.clipboard.writeText(link).then(
      () => copied.replaceChildren("copied"),
      () => copied.replaceChildren("select the link and copy it"),
    );
  });
  const close = createElement("button", { type: "button", id: "close" }, "Close");
  close.addEventListener("click", () => dialog.close());
  const held = TABS.flatMap(({ name, label }) =>
    listFilled(files, name).map(({ path, text }) =>
      createElement(
        "li",
        {},
        `${label}: `,
        createElement("code", {}, escapeHarmful(path)),
        `, ${text.length} characters`,
      ),
    ),
  );
  dialog.replaceChildren(
    createElement("h2", { id: "share-title" }, "A link with these files"),
    createElement(
      "p",
      {},
      "Whoever has the link has the whole text of these files: look for account ids, names and secrets first. The text is in the part of the address behind the #, which browsers send to no server.",
    ),
    createElement("ul", { id: "held" }, ...held),
    address,
    createElement("p", { class: "bar" }, copy, close, copied),
  );
  dialog.showModal();
}
