/** The page: what is in the tabs is checked by the worker while it is typed. */
import type { Answer } from "../protocol.ts";
import { createTabs, findElement } from "./dom.ts";
import { listExamples, openExample } from "./examples.ts";
import { FilesPane } from "./files-pane.ts";
import { loadScript } from "./load-script.ts";
import type { OpenedState } from "./opened-state.ts";
import { readState } from "./opened-state.ts";
import { fillQuestionPane } from "./question-pane.ts";
import { ReportPane, toMarks } from "./report-pane.ts";
import { fillSchemaPane } from "./schema-pane.ts";
import { openShareDialog } from "./share-dialog.ts";
import type { Started } from "./start.ts";
import type { Files } from "./state.ts";
import { toCheckJob } from "./state.ts";

/** What the script before this one began. */
declare const countersignStarted: Started;

const { client, first } = countersignStarted;
Object.assign(globalThis, { countersignNeedPart: loadScript });
const files = new FilesPane(() => check());
const report = new ReportPane({
  goTo: (file, place) => files.goTo(file, place),
  render: () => client.ask({ kind: "render" }),
});

let isChecking = false;
let isStale = false;

/** One check at a time: while it runs, further changes wait together for the next. A check may have been asked for already. */
async function check(asked?: Promise<Answer>): Promise<void> {
  isStale = true;
  document.documentElement.dataset.state = "checking";
  if (isChecking) return;
  isChecking = true;
  for (let next = asked; isStale; next = undefined) {
    isStale = false;
    const answer = await (next ?? client.ask(toCheckJob(files.files)));
    if (answer.kind !== "check" && answer.kind !== "problem") continue;
    files.mark(toMarks(answer));
    if (answer.kind === "check") report.show(answer);
    else report.showProblem(answer.problem);
  }
  isChecking = false;
  document.documentElement.dataset.state = "checked";
}

const VIEWS = [
  { id: "view-report", label: "Report", controls: "view-report" },
  { id: "view-question", label: "Permission question", controls: "view-question" },
  { id: "view-schema", label: "Another operation", controls: "view-schema" },
];

const selectView = createTabs(findElement("views"), VIEWS, (chosen) => {
  for (const { id } of VIEWS) findElement(id).hidden = id !== chosen;
});
selectView("view-report");
fillQuestionPane(findElement("view-question"), { files: () => files.files, ask: (job) => client.ask(job) });
fillSchemaPane(findElement("view-schema"), {
  ask: (job) => client.ask(job),
  put: (schemas) => files.put("schemas", schemas),
});

const examples = findElement<HTMLSelectElement>("examples");
for (const name of listExamples()) examples.add(new Option(name.replace("examples/", ""), name));
examples.addEventListener("change", () => show(openExample(examples.value)));
findElement("share").addEventListener("click", () => openShareDialog(files.files));

function show(opened: Files, asked?: Promise<Answer>): void {
  files.load(opened);
  void check(asked);
}

function open({ files: opened, example, isDamaged }: OpenedState, asked?: Promise<Answer>): void {
  if (example === undefined) examples.selectedIndex = -1;
  else examples.value = example;
  show(opened, asked);
  if (isDamaged)
    alert(
      "The files in this link can't be read: it may have been cut off, so ask for it again. An example is shown instead.",
    );
}

addEventListener("hashchange", async () => open(await readState(location.hash)));
void first.then(({ state, answer }) => open(state, answer));
