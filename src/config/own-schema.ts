import { shippedSchema } from "../schema/builtin.ts";
import type { RequestSchema } from "../schema/store.ts";
import { validators } from "./builtin.generated.js";

/** The schema of one of our own formats, such as `config`. */
export const getOwnSchema = (name: string): RequestSchema =>
  shippedSchema(`countersign/${name}.json`, () => validators[name]!);
