import type { Command } from 'commander';
import type { Webhook } from '../outbox/webhooks/webhook-registry.js';
import type { WithOutbox } from './outbox-commands.js';

/** What would stop with a field of the graph, as the schema registry is told. */
export interface GraphDependant {
  /** Schema coordinate, as in `Case.caseNumber`. */
  readonly coordinate: string;
  /** As it is told: "policy cn-kuogang-2023". */
  readonly name: string;
}

/** By beginning of an event type: what whoever hears such an event asks the graph for. */
export type AskedByReceivers = Readonly<Record<string, readonly string[]>>;

/**
 * Gives a department's command line `dependants`, which prints what of it would stop with fields of the graph: what it
 * says itself, and the receivers of its events, who hear a key and ask the graph for the rest.
 */
export function addDependantsCommand(
  program: Command,
  {
    withOutbox,
    asked,
    own,
  }: { withOutbox: WithOutbox; asked: AskedByReceivers; own: () => Promise<readonly GraphDependant[]> },
): void {
  program
    .command('dependants')
    .description('prints what would stop with fields of the graph, as JSON for npm run schema -- declare')
    .action(async () => {
      const found = [...(await own())];
      await withOutbox(async (outbox) => void found.push(...receiverDependants(await outbox.listWebhooks(), asked)));
      process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    });
}

/** The receivers that are sent events, by what they ask. A filter may name less or more than a beginning. */
export function receiverDependants(
  webhooks: readonly Pick<Webhook, 'id' | 'eventTypes' | 'active'>[],
  asked: AskedByReceivers,
): GraphDependant[] {
  return webhooks
    .filter(({ active }) => active)
    .flatMap(({ id, eventTypes }) =>
      Object.entries(asked)
        .filter(
          ([type]) =>
            eventTypes.length === 0 ||
            eventTypes.some((filter) => `${filter}.`.startsWith(`${type}.`) || `${type}.`.startsWith(`${filter}.`)),
        )
        .flatMap(([, coordinates]) => coordinates.map((coordinate) => ({ coordinate, name: `webhook ${id}` }))),
    );
}
