import { runOracle } from './run.js';

const { ORACLE_SEED = '1', ORACLE_OPERATIONS = '2000' } = process.env;
const SECONDS = 1_000;

describe('the gateway beside one schema that holds all resolvers', () => {
  it('answers what is right, or null with an error at its place, whatever the departments and the operation', async () => {
    const { failures, operations } = await runOracle({ seed: Number(ORACLE_SEED), operations: Number(ORACLE_OPERATIONS), mostFailures: 3 });
    expect(failures.join('\n\n')).toBe('');
    expect(operations).toBe(Number(ORACLE_OPERATIONS));
  }, 600 * SECONDS);
});
