const isFull = process.env.COUNTERSIGN_TEST_SCALE === "full";

/** The runs of a property: all in `npm run test:slow`, a tenth in `npm test`. */
export const runs = (full: number): number => (isFull ? full : Math.max(Math.ceil(full / 10), 10));

/** The size of a large input, scaled as `runs` is. */
export const size = runs;
