/** What Node has as globals, and the library uses. */
import { WORK_DIRECTORY } from "./files.ts";

export { Buffer } from "buffer/";

export const process = { cwd: () => WORK_DIRECTORY, env: {}, platform: "linux" };
