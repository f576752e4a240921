export { readPolicy } from "./policy.ts";
export { createPlaceFinder as textPlaces } from "./text.ts";
