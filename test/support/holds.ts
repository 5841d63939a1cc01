import fc from 'fast-check';

const SEED = 20_260_312;

/** Checks a property on the same generated cases in every run. */
export const holds = <Values>(property: fc.IRawProperty<Values>, numRuns = 200) =>
  fc.assert(property, { seed: SEED, numRuns });
