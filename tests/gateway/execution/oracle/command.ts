import { Command, InvalidArgumentError } from 'commander';
import { OPERATIONS_PER_WORLD, runOne, runOracle } from './run.js';
import { worldOf } from './trial.js';

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('It must be a whole number from 0.');
  return number;
}

const command = new Command('oracle')
  .description(
    "Holds the gateway's executor against one schema with all resolvers, in worlds of invented departments by chance.",
  )
  .option('--operations <count>', 'how many operations to try', wholeNumber, 2_000)
  .option('--seed <number>', 'number of the first world', wholeNumber, 1)
  .option('--failures <count>', 'stop after so many operations that went wrong', wholeNumber, 20)
  .option('--world <number>', 'try one world only', wholeNumber)
  .option('--operation <number>', 'with --world: try one of its operations only', wholeNumber)
  .action(
    async ({
      operations,
      seed,
      failures,
      world,
      operation,
    }: {
      operations: number;
      seed: number;
      failures: number;
      world?: number;
      operation?: number;
    }) => {
      const started = performance.now();
      if (world !== undefined && operation !== undefined) {
        const found = await runOne(await worldOf(world), operation);
        process.stdout.write(
          found === undefined
            ? 'No valid operation was drawn.\n'
            : found.failures.length === 0
              ? 'Right.\n'
              : `${found.failures.join('\n')}\n`,
        );
        process.exitCode = found?.failures.length === 0 ? 0 : 1;
        return;
      }
      const onProgress = (done: number): void => {
        if (process.stderr.isTTY) process.stderr.write(`\r${done} operations`);
      };
      const onFailure = (failure: string): void => void process.stdout.write(`${failure}\n\n`);
      const result = await runOracle({
        seed: world ?? seed,
        operations: world === undefined ? operations : OPERATIONS_PER_WORLD,
        mostFailures: failures,
        onProgress,
        onFailure,
      });
      process.stdout.write(
        `${JSON.stringify({ ...result, failures: result.failures.length, seed: world ?? seed, seconds: Math.round((performance.now() - started) / 1_000) })}\n`,
      );
      process.exitCode = result.failures.length === 0 ? 0 : 1;
    },
  );
await command.parseAsync();
