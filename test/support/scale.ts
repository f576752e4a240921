const isFull = process.env.COUNTERSIGN_TEST_SCALE === "full";

/** The runs of a property: all in `npm run test:slow`, a few in `npm test`, where nothing else is said a tenth. */
export const runs = (full: number, few = Math.max(Math.ceil(full / 10), 10)): number => (isFull ? full : few);

/** The size of a large input, scaled as `runs` is. */
export const size = runs;

/** Of many values that are tried, each in `npm run test:slow`, each twentieth in `npm test`. */
export const STRIDE = isFull ? 1 : 20;

/** Of cases that are alike, all in `npm run test:slow`, the first ones in `npm test`. */
export const sample = <T>(cases: readonly T[], count: number): readonly T[] =>
  isFull ? cases : cases.slice(0, count);
