import { createHmac } from 'node:crypto';
import type { DepartmentPlan } from './config.js';

/** One department's events that another wants to hear of. */
interface EventRoute {
  readonly from: string;
  readonly to: string;
  /** Beginnings of event types, up to a dot. */
  readonly eventTypes: readonly string[];
}

/** Policies keep a projection of facts: the register and the credit office tell when one has changed. Credit keeps the pledges with which enterprises applied. */
const ROUTES: readonly EventRoute[] = [
  { from: 'enterprises', to: 'policies', eventTypes: ['cn.zhitong.enterprise'] },
  { from: 'credit', to: 'policies', eventTypes: ['cn.zhitong.credit'] },
  { from: 'policies', to: 'credit', eventTypes: ['cn.zhitong.application-pledge'] },
];

/**
 * The variables that connect the departments' outboxes and inboxes on this machine: `<FROM>_WEBHOOKS` with
 * `<FROM>_WEBHOOK_ALLOWED_HOSTS`, and `<TO>_EVENT_SECRETS`. Each route has a secret of its own, derived from one that only the launcher knows, so that it is the
 * same at every start and no department can sign another one's events.
 */
export function eventRouteVariables({ departments, host, root }: { departments: readonly DepartmentPlan[]; host: string; root: string }): Record<string, string> {
  const portOf = new Map(departments.map(({ name, port }) => [name, port]));
  const known = ROUTES.filter(({ from, to }) => portOf.has(from) && portOf.has(to));
  const secretOf = ({ from, to }: EventRoute): string => `whsec_${createHmac('sha256', root).update(`events:${from}:${to}`).digest('base64')}`;
  const webhooks = (name: string): object[] =>
    known.filter(({ from }) => from === name).map((route) => ({ id: route.to, url: `http://${host}:${portOf.get(route.to) ?? 0}/events`, eventTypes: route.eventTypes, secret: secretOf(route) }));
  const secrets = (name: string): Record<string, string> => Object.fromEntries(known.filter(({ to }) => to === name).map((route) => [`urn:zhitong:${route.from}`, secretOf(route)]));
  /** The receivers on this machine, which webhooks reach because they are named, beside those that the operator names. */
  const allowedHosts = (name: string): string[] => [
    ...(departments.find((department) => department.name === name)?.webhookAllowedHosts ?? []),
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
