/** Starts the language server of Countersign in trusted workspaces. */
const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");
const { findServer } = require("./server-command.js");

/** @type {LanguageClient | undefined} */
let client;

async function start() {
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === "file")
    .map(({ uri }) => uri.fsPath);
  const setting = vscode.workspace.getConfiguration("countersign").get("path", "");
  // The client adds `--stdio` itself; a module runs in the Node of VS Code.
  const server = { ...findServer(setting, folders), args: ["lsp"], transport: TransportKind.stdio };
  const cwd = folders[0];
  client = new LanguageClient(
    "countersign",
    "Countersign",
    { ...server, ...(cwd !== undefined && { options: { cwd } }) },
    {
      // Requests are in many kinds of files; the server has nothing to say of others.
      documentSelector: [{ scheme: "file" }, { scheme: "untitled" }],
      initializationOptions: { trusted: vscode.workspace.isTrusted },
    },
  );
  try {
    await client.start();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    vscode.window.showErrorMessage(
      `Countersign can't be started (${detail}): install it with "npm install --save-dev countersign", or set "countersign.path"`,
    );
  }
}

async function restart() {
  await client?.stop().catch(() => {});
  await start();
}

function gather() {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  if (uri !== undefined) return vscode.commands.executeCommand("countersign.gatherFacts", uri);
}

/** @param {vscode.ExtensionContext} context */
async function activate({ subscriptions }) {
  subscriptions.push(
    vscode.commands.registerCommand("countersign.restart", restart),
    vscode.commands.registerCommand("countersign.gatherMissingFacts", gather),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("countersign.path")) void restart();
    }),
  );
  await start();
}

const deactivate = () => client?.stop();

module.exports = { activate, deactivate };
