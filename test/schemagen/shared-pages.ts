import { join } from "node:path";

/** Where real documentation pages are, on machines that have them beside the checkout; they are no part of it. */
export const REAL = join(import.meta.dirname, "../../../shared/docs/pages");
