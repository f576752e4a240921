import { startPart } from "../start/start.ts";

startPart(import.meta.dirname, "cli");
