import type { Command } from 'commander';
import { dependantsOf, type GraphNeeds } from '../graph/declare-dependants.js';
import type { WithOutbox } from './outbox-commands.js';

/** Gives a department's command line `dependants`, which prints what of it would stop with fields of the graph. */
export function addDependantsCommand(program: Command, withOutbox: WithOutbox, needs: GraphNeeds): void {
  program
    .command('dependants')
    .description('prints what would stop with fields of the graph, as JSON for npm run schema -- declare')
    .action(async () => {
      await withOutbox(async (outbox) => {
        const found = await dependantsOf(needs, await outbox.listWebhooks());
        process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
      });
    });
}
