import { join } from "node:path";

/**
 * Directory of real documentation pages, on machines that have them next to the checkout. Not part of the
 * repository.
 */
export const REAL_PAGES = join(import.meta.dirname, "../../../shared/docs/pages");
