import { forbidden, requireRole } from '@zhitong/kit';
import { faultsPayload, idempotencyKeyArgument, payloadOf, type InputFault } from '@zhitong/kit/commands';
import type { Named } from '@zhitong/kit/graph';
import { checkUscc, normalText } from '@zhitong/values';
import type { Context } from '../../context.js';
import { namesOfficialsOf } from '../../domain/access.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { readRule } from '../network/queries.js';
import { enterprisePayload } from './mutation-input.js';
import { saidPayload } from '../../usecases/refusals.js';
import { said, saidOfUscc } from '../../domain/refusal-words.js';

type NetworkMutation =
  | 'assignServiceRole'
  | 'endServiceRole'
  | 'enterServiceOfficers'
  | 'applyAssignment'
  | 'handOverOfficial'
  | 'setDirectLine';

const LONGEST_REASON = 500;
const MOST_OFFICERS = 500;
const MOST_MATTERS = 20;
const MOST_CAPACITY = 10_000;

/** In whose name the caller names officials. @throws GraphQLError FORBIDDEN for whoever may not */
function acting({ actor, financialDepartments }: Context): { readonly within: string | null } {
  const within = namesOfficialsOf(actor, financialDepartments);
  if (within === undefined) throw forbidden(said('NETWORK_IS_FOR'));
  return { within };
}

/** What is wrong with a text of some length. */
function textFault(text: string, path: string, most: number): InputFault[] {
  const length = [...normalText(text)].length;
  return length >= 1 && length <= most ? [] : [{ path: [path], ...said('SHORT_TEXT_LENGTH', { length, most }) }];
}

const regionsNamed = (regions: readonly string[], path: (at: number) => readonly string[]): Named[] =>
  regions.map((code, at) => ({ kind: 'region', code, path: path(at) }));

export const networkMutations: Pick<Required<MutationResolvers>, NetworkMutation> = {
  assignServiceRole: async (_root, { input }, context) => {
    const { actor, network, names } = context;
    requireRole(actor, ['OFFICER', 'COORDINATOR'], 'assignServiceRole');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const uscc = checkUscc(input.uscc, { irregular: 'accept' });
    if (!uscc.ok) return saidPayload(saidOfUscc(uscc, input.uscc), ['uscc']);
    const reason = input.reason ?? null;
    const faults = reason === null ? [] : textFault(reason, 'reason', LONGEST_REASON);
    if (faults.length > 0) return faultsPayload(faults);
    const department = input.department ?? null;
    return enterprisePayload(
      await network.fillRole({
        idempotencyKey,
        actor,
        unknown: async () =>
          names.faultsOf(department === null ? [] : [{ kind: 'department', code: department, path: ['department'] }]),
        holder: {
          uscc: uscc.uscc,
          role: input.role,
          official: input.official ?? null,
          department,
          reason: reason === null ? null : normalText(reason),
        },
        acting: acting(context),
        expectedVersion: input.expectedVersion,
      }),
      context,
    );
  },

  endServiceRole: async (_root, { input }, context) => {
    const { actor, network } = context;
    requireRole(actor, ['OFFICER', 'COORDINATOR'], 'endServiceRole');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = textFault(input.reason, 'reason', LONGEST_REASON);
    if (faults.length > 0) return faultsPayload(faults);
    const reason = normalText(input.reason);
    return enterprisePayload(
      await network.endRole({ idempotencyKey, actor, link: input.link, reason, acting: acting(context) }),
      context,
    );
  },

  enterServiceOfficers: async (_root, { input }, { actor, network, names, stores }) => {
    requireRole(actor, ['COORDINATOR'], 'enterServiceOfficers');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { officers } = input;
    if (officers.length === 0 || officers.length > MOST_OFFICERS)
      return saidPayload(said('ROSTER_SIZE', { officersCount: officers.length, most: MOST_OFFICERS }), ['officers']);
    const faults = officers.flatMap(({ official, roles, capacity }, at): InputFault[] => [
      ...(roles.length === 0 ? [{ path: ['officers', String(at), 'roles'], ...said('NO_ROLE') }] : []),
      ...((capacity ?? 1) < 1 || (capacity ?? 1) > MOST_CAPACITY
        ? [
            {
              path: ['officers', String(at), 'capacity'],
              ...said('BAD_CAPACITY', { capacity: capacity ?? 1, most: MOST_CAPACITY }),
            },
          ]
        : []),
      ...(officers.findIndex((other) => other.official === official) < at
        ? [
            {
              path: ['officers', String(at), 'official'],
              ...said('OFFICIAL_TWICE', { official: official.slice(0, 40) }),
            },
          ]
        : []),
    ]);
    if (faults.length > 0) return faultsPayload(faults);
    const entries = officers.map(({ official, roles, classes = [], teams = [], regions = [], capacity }) => ({
      officialId: official,
      roles: [...new Set(roles)],
      classes: [...new Set(classes)],
      teams: [...new Set(teams)],
      regions: [...new Set(regions)],
      capacity: capacity ?? null,
    }));
    const outcome = await network.enterOfficers({
      idempotencyKey,
      actor,
      entries,
      unknown: async () =>
        names.faultsOf(
          entries.flatMap(({ regions }, at) => regionsNamed(regions, () => ['officers', String(at), 'regions'])),
        ),
    });
    return payloadOf(outcome, async (ids) => ({ officers: await stores.officers.byId(ids) }));
  },

  applyAssignment: async (_root, { input }, { actor, network, names }) => {
    requireRole(actor, ['COORDINATOR'], 'applyAssignment');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const rule = readRule(input.rule);
    if ('message' in rule) return saidPayload(rule, ['rule']);
    const outcome = await network.applyPlan({
      idempotencyKey,
      actor,
      rule,
      digest: input.digest,
      unknown: async () =>
        names.faultsOf([
          ...regionsNamed(rule.regions, (at) => ['rule', 'regions', String(at)]),
          ...rule.departments.map((code, at): Named => ({
            kind: 'department',
            code,
            path: ['rule', 'departments', String(at)],
          })),
        ]),
    });
    return payloadOf(outcome, (applied) => ({ applied }));
  },

  handOverOfficial: async (_root, { input }, { actor, network }) => {
    requireRole(actor, ['COORDINATOR'], 'handOverOfficial');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = textFault(input.reason, 'reason', LONGEST_REASON);
    if (faults.length > 0) return faultsPayload(faults);
    const outcome = await network.handOver({
      idempotencyKey,
      actor,
      official: input.official,
      successor: input.successor ?? null,
      reason: normalText(input.reason),
    });
    return payloadOf(outcome, (handOver) => ({ handOver }));
  },

  setDirectLine: async (_root, { input }, { actor, network, names, stores }) => {
    requireRole(actor, ['COORDINATOR'], 'setDirectLine');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { id, kind, name, department, reach, region, matters = [], isActive = true } = input;
    const faults: InputFault[] = [
      ...(/^[a-z\d-]{2,40}$/.test(id) ? [] : [{ path: ['id'], ...said('BAD_LINE_ID') }]),
      ...textFault(name, 'name', 60),
      ...(isReach(reach) ? [] : [{ path: ['reach'], ...said('BAD_REACH') }]),
      ...(matters.length > MOST_MATTERS
        ? [{ path: ['matters'], ...said('TOO_MANY_MATTERS', { mattersCount: matters.length, most: MOST_MATTERS }) }]
        : matters.flatMap((matter) => textFault(matter, 'matters', 20))),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const line = {
      id,
      kind,
      name: normalText(name),
      departmentCode: department,
      reach,
      region: region ?? null,
      matters: matters.map(normalText),
      isActive,
    };
    const outcome = await network.setLine({
      idempotencyKey,
      actor,
      line,
      unknown: async () =>
        names.faultsOf([
          { kind: 'department', code: department, path: ['department'] },
          ...regionsNamed(line.region === null ? [] : [line.region], () => ['region']),
        ]),
    });
    return payloadOf(outcome, async (lineId) => ({ line: await stores.directLines.byId(lineId) }));
  },
};

/** A desk's telephone, or an https address without anything secret in it. */
function isReach(reach: string): boolean {
  if (/^\d[\d-]{1,18}\d$/.test(reach)) return true;
  if (reach.length > 300 || !URL.canParse(reach)) return false;
  const { protocol, username, password } = new URL(reach);
  return protocol === 'https:' && username === '' && password === '';
}
