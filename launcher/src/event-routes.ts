import { createHmac } from 'node:crypto';
import type { SubgraphConfig } from '@zhitong/kit';
import type { DepartmentPlan } from './config.js';

/** One department's events that another wants to hear of. */
interface EventRoute {
  readonly from: string;
  readonly to: string;
  /** Beginnings of event types, up to a dot. */
  readonly eventTypes: readonly string[];
}

/** Who hears whom, as the departments' folders say. */
const routesBetween = (departments: readonly DepartmentPlan[]): EventRoute[] =>
  departments.flatMap(({ name, hears }) => hears.map(({ from, eventTypes }) => ({ from, to: name, eventTypes })));

const sourceOf = (department: string): string => `urn:zhitong:${department}`;

/**
 * The variables that connect the departments' outboxes and inboxes on this machine: `<FROM>_WEBHOOKS` with
 * `<FROM>_WEBHOOK_ALLOWED_HOSTS`, and `<TO>_EVENT_SECRETS`. Each route has a secret of its own, derived from one that
 * only the launcher knows, so that it is the same at every start and no department can sign another one's events.
 * Receivers, hosts and secrets that the operator has given stay, and where one is given under the name of a route, it
 * counts.
 */
export function eventRouteVariables({
  departments,
  host,
  root,
  given,
}: {
  departments: readonly DepartmentPlan[];
  host: string;
  root: string;
  given: (name: string, port: number) => Pick<SubgraphConfig, 'webhooks' | 'webhookAllowedHosts' | 'eventSecrets'>;
}): Record<string, string> {
  const portOf = new Map(departments.map(({ name, port }) => [name, port]));
  const known = routesBetween(departments).filter(({ from, to }) => portOf.has(from) && portOf.has(to));
  const givenTo = new Map(departments.map(({ name, port }) => [name, given(name, port)]));
  const secretOf = ({ from, to }: EventRoute): string =>
    givenTo.get(to)?.eventSecrets[sourceOf(from)] ??
    `whsec_${createHmac('sha256', root).update(`events:${from}:${to}`).digest('base64')}`;
  const ownWebhooks = (name: string): { id: string }[] =>
    known
      .filter(({ from }) => from === name)
      .map((route) => ({
        id: route.to,
        url: `http://${host}:${portOf.get(route.to) ?? 0}/events`,
        eventTypes: route.eventTypes,
        secret: secretOf(route),
      }));
  const webhooks = (name: string): object[] => {
    const others = givenTo.get(name)?.webhooks ?? [];
    return [...ownWebhooks(name).filter(({ id }) => others.every((other) => other.id !== id)), ...others];
  };
  const secrets = (name: string): Record<string, string> => ({
    ...givenTo.get(name)?.eventSecrets,
    ...Object.fromEntries(
      known.filter(({ to }) => to === name).map((route) => [sourceOf(route.from), secretOf(route)]),
    ),
  });
  /**
   * The receivers on this machine, which webhooks reach because they are named, beside those that the operator names.
   */
  const allowedHosts = (name: string): string[] => [
    ...(givenTo.get(name)?.webhookAllowedHosts ?? []),
    ...known.filter(({ from }) => from === name).map(({ to }) => `${host}:${portOf.get(to) ?? 0}`),
  ];
  return Object.fromEntries(
    departments.flatMap(({ name }) => [
      [`${name.toUpperCase()}_WEBHOOKS`, JSON.stringify(webhooks(name))],
      [`${name.toUpperCase()}_WEBHOOK_ALLOWED_HOSTS`, allowedHosts(name).join(',')],
      [`${name.toUpperCase()}_EVENT_SECRETS`, JSON.stringify(secrets(name))],
    ]),
  );
}
