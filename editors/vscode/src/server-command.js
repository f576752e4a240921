/** Finds what to start, in the order in which a person would expect it. */
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const INSTALLED = join("node_modules", "countersign", "dist", "cli.js");

/**
 * The program of a setting, the package that a folder of the workspace has installed, or the program in PATH.
 *
 * @param {string} setting
 * @param {readonly string[]} folders
 * @returns {{ module: string } | { command: string }}
 */
function findServer(setting, folders) {
  if (setting !== "") return setting.endsWith(".js") ? { module: setting } : { command: setting };
  const module = folders.map((folder) => join(folder, INSTALLED)).find((file) => existsSync(file));
  return module === undefined ? { command: "countersign" } : { module };
}

module.exports = { findServer };
