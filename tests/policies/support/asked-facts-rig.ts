import type { EnterpriseFromGraph } from '../../../subgraphs/policies/src/graph/facts-source.js';
import type { FactValue } from '../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { explainMatch } from '../../../subgraphs/policies/src/usecases/explain-match.js';
import { matchAll } from '../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { grantRig } from './grant-rig.js';
import {
  auditor,
  enterprise,
  fromGraph,
  NOW,
  officer,
  plainPolicy,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from './policies-under-test.js';
import { toldRegister } from './told-register.js';

const MATCHES = `query ($representations: [_Any!]!, $asOf: Date) { _entities(representations: $representations) { ... on Enterprise {
  matchedPolicies(asOf: $asOf, filter: { outcomes: [ELIGIBLE, NOT_ELIGIBLE, UNDETERMINED] }) { nodes { outcome policy { id } amount { amount } criteria { text outcome expected actual year asOf criteria { text outcome actual } } } }
} } }`;
export interface Match {
  readonly outcome: string;
  readonly amount: { readonly amount: string } | null;
  readonly criteria: readonly unknown[];
}
export const YEAR_END = '2025-12-31';
const withCredit = ({ facts, ...rest }: EnterpriseFromGraph): EnterpriseFromGraph => ({
  ...rest,
  facts: { ...facts, values: { ...facts.values, dishonestyRecord: false, hasUnfulfilledJudgment: false } },
});

/**
 * A city of which the staff of each enterprise is known, with the day that the figure stands for and what is told of
 * years before; what the policy `staff` decides of it on every path.
 */
export function askedFactsRig(file: string) {
  const state: {
    now: Date;
    city: Readonly<Record<number, { readonly staff: number; readonly day?: string; readonly earlier?: object }>>;
  } = { now: NOW, city: {} };
  const register = toldRegister();
  const sheetOf = (number: number) => {
    const { staff = 0, day = YEAR_END, earlier } = state.city[number] ?? {};
    return { asOf: YEAR_END, values: { employees: staff }, dates: { employees: day }, current: [], earlier };
  };
  const enterpriseOf = (number: number): EnterpriseFromGraph => {
    const { staff = 0, day = YEAR_END, earlier } = state.city[number] ?? {};
    const years = Object.fromEntries(
      Object.entries(earlier ?? {}).flatMap(([year, figures]) =>
        Object.entries(figures as Record<string, FactValue>).map(([fact, value]) => [`${fact}@${year}`, value]),
      ),
    );
    return {
      ...fromGraph(usccOf(number), { employees: staff }),
      facts: { values: { employees: staff }, dates: { employees: day }, years },
      told: { version: `v${String(staff)}`, asOf: YEAR_END, current: [], fixed: { employees: day }, years },
    };
  };

  let policies: PoliciesUnderTest;
  const grants = grantRig(
    () => policies,
    () => state.now,
  );
  beforeAll(async () => {
    policies = await policiesUnderTest(
      file,
      { now: () => state.now },
      {
        ...register.source,
        enterprise: async (uscc) => {
          const number = Object.keys(state.city)
            .map(Number)
            .find((one) => usccOf(one) === uscc);
          return number === undefined ? null : withCredit(enterpriseOf(number));
        },
        enterprisesOn: async (usccs) =>
          Object.keys(state.city).flatMap((key) =>
            usccs.includes(usccOf(Number(key))) ? [enterpriseOf(Number(key))] : [],
          ),
        page: async () => ({
          enterprises: Object.keys(state.city).map((key) => enterpriseOf(Number(key))),
          total: 2,
          next: null,
        }),
      },
    );
  });
  afterEach(async () => {
    state.now = NOW;
    await policies.reset();
  });
  afterAll(async () => policies.close());

  async function knowCity(): Promise<void> {
    const { stores } = policies.department;
    await stores.facts.putAll(
      Object.keys(state.city).map((key) => {
        const { facts, told, uscc, name, industry, region } = enterpriseOf(Number(key));
        const { values, dates } = facts;
        return {
          ...{ uscc, name, industry, region, values, dates, readingId: 'test', readAt: state.now },
          told: told && { ...told, on: YEAR_END, creditOn: null },
        };
      }),
    );
    await matchAll(policies.department);
  }

  async function matched(number: number, asOf: string | null = null): Promise<Match | undefined> {
    const { data, errors } = await policies.ask<{ _entities: { matchedPolicies: { nodes: Match[] } }[] }>(MATCHES, {
      actor: auditor,
      variables: {
        asOf,
        representations: [
          {
            __typename: 'Enterprise',
            uscc: usccOf(number),
            factsVersion: register.tellSheet(number, sheetOf(number)),
            creditStanding: null,
          },
        ],
      },
    });
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data?._entities[0]?.matchedPolicies.nodes[0];
  }
  const stored = async (number: number) =>
    (await policies.department.stores.matches.byUscc([usccOf(number)]))[0]?.amounts['staff'] ?? null;
  const explained = async (number: number) =>
    (await explainMatch(policies.department, usccOf(number), 'staff')) as string[];
  const previewed = async (draft: Record<string, unknown> | null = null) => {
    const { data, errors } = await policies.ask<{ previewPolicy: { eligible: number; cost: { amount: string } } }>(
      'query ($input: PreviewPolicyInput!) { previewPolicy(input: $input) { eligible cost { amount } } }',
      {
        actor: officer,
        variables: { input: draft === null ? { policy: 'staff' } : { draft: { ...plainPolicy, ...draft } } },
      },
    );
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return [data?.previewPolicy.eligible, data?.previewPolicy.cost.amount];
  };
  /** Pays a grant as far as its next instalment goes. */
  const pay = async (number: number): Promise<void> => payGrant((await grants.ofEnterprise(number)).id);
  async function payGrant(id: string): Promise<void> {
    await grants.move([id], 'PAY');
    const [order] = (await policies.department.stores.funds.ofGrants([id])).filter(({ status }) => status === 'SENT');
    await grants.settle(order?.id ?? 'no order');
  }
  async function approve(number: number): Promise<void> {
    const { id } = await grants.ofEnterprise(number);
    await grants.move([id], 'NOTIFY');
    await grants.confirm(await grants.ofEnterprise(number));
    await grants.move([id], 'PUBLICISE');
    state.now = new Date('2026-12-10T04:00:00Z');
    await grants.move([id], 'APPROVE');
  }
  let keys = 0;
  async function apply(number: number) {
    const { data, errors } = await policies.ask<{
      applyWithPledge: { grant: { id: string } | null; refusal: { code: string; details: unknown } | null };
    }>(
      'mutation ($input: ApplyWithPledgeInput!) { applyWithPledge(input: $input) { grant { id } refusal { code details } } }',
      {
        actor: enterprise(usccOf(number)),
        variables: {
          input: {
            ...{ policy: 'staff', signatory: '张三', pledgeAccepted: true, bank: '农商行', number: '6222021234567890' },
            holder: enterpriseOf(number).name,
            idempotencyKey: `asked-facts-${String((keys += 1))}`,
          },
        },
      },
    );
    if (data == null || errors !== undefined) throw new Error(JSON.stringify(errors));
    return data.applyWithPledge;
  }
  return {
    state,
    policies: () => policies,
    grants,
    register,
    sheetOf,
    enterpriseOf,
    knowCity,
    matched,
    stored,
    explained,
    previewed,
    pay,
    payGrant,
    approve,
    apply,
  };
}
