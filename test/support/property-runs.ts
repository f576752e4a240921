const isFull = process.env.COUNTERSIGN_TEST_RUNS === "full";

/** The runs of a property: all of them in `npm run test:slow`, a tenth of them in `npm test`. */
export const runs = (full: number): number => (isFull ? full : Math.max(Math.ceil(full / 10), 30));
