import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { Job } from '../jobs/open-jobs.js';
import type { Logger } from '../logger.js';
import type { Webhook } from '../outbox/webhooks/webhook-registry.js';
import { reasonOf } from '../reason.js';
import { askGraph } from './ask-graph.js';
import type { ServiceToken } from './service-token.js';

/** What would stop with a field of the graph, as the schema registry is told. */
export interface GraphDependant {
  /** Schema coordinate, as in `Case.caseNumber`. */
  readonly coordinate: string;
  /** As it is told: "policy cn-kuogang-2023". */
  readonly name: string;
}

/** By beginning of an event type: what whoever hears such an event asks the graph for. */
export type AskedByReceivers = Readonly<Record<string, readonly string[]>>;

/** What of a department would stop with fields of the graph. */
export interface GraphNeeds {
  /** What receivers of its events ask the graph for. */
  readonly askedByReceivers: AskedByReceivers;
  /** What else: policies, runs. */
  readonly own?: () => Promise<readonly GraphDependant[]>;
}

type Receivers = readonly Pick<Webhook, 'id' | 'eventTypes' | 'active'>[];

/** What a department says itself, and the receivers of its events, who hear a key and ask the graph for the rest. */
export async function dependantsOf(
  { askedByReceivers, own = async () => [] }: GraphNeeds,
  receivers: Receivers,
): Promise<GraphDependant[]> {
  return [...(await own()), ...receiverDependants(receivers, askedByReceivers)];
}

/** The receivers that are sent events, by what they ask. A filter may name less or more than a beginning. */
export function receiverDependants(webhooks: Receivers, asked: AskedByReceivers): GraphDependant[] {
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

const LOOK_EVERY_MS = 60_000;
/** Said again when nothing has changed, so that a check need not warn of what is old. */
const SAY_AGAIN_MS = 86_400_000;
const ANSWER_WITHIN_MS = 10_000;
const DECLARE = `mutation DeclareDependants($input: DeclareDependantsInput!) { declareDependants(input: $input) { kept } }`;
const answered = z.object({ declareDependants: z.object({ kept: z.number() }) });

/**
 * Tells the schema registry what the department needs of the graph: at the start, within a minute of a change, and once
 * a day. While the registry is away or has not begun, it is tried each minute and told to the log once.
 */
export function declareDependantsJob({
  url,
  token,
  department,
  dependants,
  clock,
  logger,
}: {
  url: string;
  token: ServiceToken;
  department: string;
  dependants: () => Promise<readonly GraphDependant[]>;
  clock: Clock;
  logger: Logger;
}): Job {
  let said: { readonly state: string; readonly at: number } | undefined;
  let isAway = false;
  return {
    name: 'declare-dependants',
    everyMs: LOOK_EVERY_MS,
    work: async () => {
      const needs = await dependants();
      const state = JSON.stringify(needs);
      const at = clock.now().getTime();
      if (said?.state === state && at - said.at < SAY_AGAIN_MS) return;
      const variables = { input: { department, dependants: needs } };
      try {
        await askGraph({ url, token, query: DECLARE, variables, timeoutMs: ANSWER_WITHIN_MS, shape: answered });
        said = { state, at };
        isAway = false;
      } catch (error) {
        if (!isAway) logger.warn({ reason: reasonOf(error) }, 'the schema registry is not told what is needed here');
        isAway = true;
      }
    },
  };
}
