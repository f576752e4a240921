export { readPolicy } from "./policy.ts";
export { textPlaces } from "./text.ts";
