/** The page: what is in the tabs is checked by the worker while it is typed. */
import { createTabs, findElement } from "./dom.ts";
import { listExamples, openExample } from "./examples.ts";
import { FilesPane } from "./files-pane.ts";
import { fillQuestionPane } from "./question-pane.ts";
import { ReportPane, toMarks } from "./report-pane.ts";
import { fillSchemaPane } from "./schema-pane.ts";
import { readLink } from "./share.ts";
import { openShareDialog } from "./share-dialog.ts";
import type { Files } from "./state.ts";
import { toCheckJob } from "./state.ts";
import { WorkerClient } from "./worker-client.ts";

const FIRST_EXAMPLE = "examples/broken/export.yaml";

/** Started by a script before this one. */
declare const countersignWorker: Worker;

const client = new WorkerClient(countersignWorker);
const files = new FilesPane(check);
const report = new ReportPane((file, place) => files.goTo(file, place));

let isChecking = false;
let isStale = false;

/** One check at a time: while it runs, further changes wait together for the next. */
async function check(): Promise<void> {
  isStale = true;
  document.documentElement.dataset.state = "checking";
  if (isChecking) return;
  isChecking = true;
  while (isStale) {
    isStale = false;
    const answer = await client.ask(toCheckJob(files.files));
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
examples.addEventListener("change", () => files.load(openExample(examples.value)));
findElement("share").addEventListener("click", () => openShareDialog(files.files));

async function readState(): Promise<Files> {
  try {
    const shared = await readLink(location.hash);
    if (shared) {
      examples.selectedIndex = -1;
      return shared;
    }
  } catch {
    alert("The state in this link can't be read; an example is shown instead.");
  }
  examples.value = FIRST_EXAMPLE;
  return openExample(FIRST_EXAMPLE);
}

const openState = async (): Promise<void> => files.load(await readState());
addEventListener("hashchange", openState);
void openState();
