import type { Command } from 'commander';
import type { Outbox } from '../outbox/create-outbox.js';
import { OutboxError } from '../outbox/outbox-error.js';
import { CommandFailed } from './command-failed.js';

/** Opens a department's outbox, does the work and closes again. */
export type WithOutbox = (work: (outbox: Outbox) => Promise<void>) => Promise<void>;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Gives a department's command line `outbox list | replay | register | remove`: who receives its events, what waits for
 * each, and deliveries that were given up.
 */
export function addOutboxCommands(program: Command, open: WithOutbox): void {
  const withOutbox: WithOutbox = async (work) => {
    try {
      await open(work);
    } catch (error) {
      throw error instanceof OutboxError ? new CommandFailed(error.message) : error;
    }
  };
  const outbox = program
    .command('outbox')
    .description('events for other systems: receivers, and deliveries that were given up');
  outbox
    .command('list')
    .description('receivers, what is waiting for each, and deliveries that were given up')
    .option('--first <number>', 'how many of the given-up deliveries to show, at most 200', '20')
    .action(async ({ first }: { first: string }) => withOutbox(async (opened) => list(opened, Number(first))));
  outbox
    .command('replay')
    .description('makes given-up deliveries pending again')
    .argument('[ids...]', 'deliveries, as list shows them')
    .option('--all', 'all of them', false)
    .action(async (ids: string[], { all }: { all: boolean }) => {
      if (all === ids.length > 0) throw new CommandFailed('Name deliveries, or say --all.');
      await withOutbox(async ({ deadLetters }) => {
        const { replayed } = await deadLetters.replay(all ? 'all' : ids, { by: 'command line' });
        say(`${replayed} deliveries are pending again.`);
        if (!all && replayed < ids.length)
          throw new CommandFailed(`${ids.length - replayed} of the ids name no delivery that was given up.`);
      });
    });
  outbox
    .command('register')
    .description('registers a receiver; prints the secret that signs its deliveries')
    .argument('<url>', 'https address of the receiver (http on this machine)')
    .option('--id <name>', 'name of the receiver')
    .option('--types <list>', 'event types or their beginnings, separated by commas (default: all)', '')
    .action(async (url: string, { id, types }: { id?: string; types: string }) =>
      withOutbox(async (opened) => {
        const eventTypes = types
          .split(',')
          .map((type) => type.trim())
          .filter((type) => type !== '');
        const { webhook, secret } = await opened.registerWebhook({
          url,
          eventTypes,
          ...(id === undefined ? {} : { id }),
        });
        say(`${webhook.id} ${webhook.url}\n${secret}`);
      }),
    );
  outbox
    .command('remove')
    .description('removes a receiver and what is pending for it')
    .argument('<id>', 'receiver, as list shows it')
    .action(async (id: string) =>
      withOutbox(async (opened) => {
        await opened.removeWebhook(id);
        say(`${id} is removed.`);
      }),
    );
}

async function list(outbox: Outbox, first: number): Promise<void> {
  const stats = await outbox.stats();
  for (const webhook of await outbox.listWebhooks()) {
    const own = stats.webhooks.find(({ webhookId }) => webhookId === webhook.id);
    say(
      `${webhook.id} ${webhook.url} ${webhook.active ? 'active' : `off (${webhook.inactiveReason ?? 'by hand'})`}: ${own?.pending ?? 0} pending, ${own?.deadLetters ?? 0} given up`,
    );
  }
  const { items } = await outbox.deadLetters.list({ first });
  for (const { id, event, attempts, lastError } of items)
    say(`${id} ${event.type} ${event.subject} after ${attempts} attempts: ${lastError}`);
  say(
    `${stats.waiting} events wait for their place, ${stats.pending} deliveries are pending, ${stats.deadLetters} were given up.`,
  );
}
