export { readPolicy } from "./policy.ts";
export { createPlaceFinder } from "./text.ts";
