import type { Actor } from '@zhitong/kit';
import { countCommands } from '@zhitong/kit/testing';
import type { GrantRecord } from '../../../subgraphs/policies/src/models/grants/grant-record.js';
import type { GrantStatus } from '../../../subgraphs/policies/src/domain/grant/grant.js';
import { matchAll } from '../../../subgraphs/policies/src/usecases/match-enterprises.js';
import {
  enterprise,
  NOW,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';
import { settled } from '../support/payments.js';

let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url);
  await policies.publish(
    { id: 'staff' },
    { id: 'tiny', criteria: [{ fact: 'employees', op: 'gte', value: 26 }] },
    { id: 'most', criteria: [{ fact: 'employees', op: 'gte', value: 3 }] },
  );
  // 20 eligible, 10 undetermined, 10 not eligible
  await policies.know(
    Object.fromEntries(
      Array.from({ length: 40 }, (_, number): [string, Record<string, number>] => [
        usccOf(number),
        number < 30 ? { employees: number } : {},
      ]),
    ),
  );
  await matchAll(policies.department);
  await grants('staff', [
    ...Array<GrantStatus>(8).fill('PAID'),
    ...Array<GrantStatus>(6).fill('APPROVED'),
    'IDENTIFIED',
    'WITHDRAWN',
  ]);
  await grants('tiny', ['PAID', 'PAID', 'APPROVED']);
  const { connection } = policies.database;
  await connection.transaction(async (session) =>
    policies.department.stores.funds.putAll(
      [...settled('staff', '2026-10-20', 8), ...settled('tiny', '2026-10-20', 2)],
      session,
    ),
  );
  await connection
    .collection('pledges')
    .insertMany([1, 2].map((number) => ({ grantId: `G-${String(number)}`, policyId: 'staff' })));
  const question = (number: number, status: string, published: object | null) => ({
    id: `Q-${String(number)}`,
    policyId: 'staff',
    status,
    published,
  });
  await connection
    .collection('policyQuestions')
    .insertMany([
      ...Array.from({ length: 6 }, (_, number) => question(number, 'ANSWERED', number < 2 ? {} : null)),
      question(6, 'DECLINED', null),
      question(7, 'OPEN', null),
    ]);
  const notification = (number: number, reason: string) => ({
    id: `${String(number)}${reason}`,
    uscc: usccOf(number),
    policyId: 'staff',
    policyVersion: 1,
    reason,
  });
  await connection
    .collection('policyNotifications')
    .insertMany([
      ...Array.from({ length: 6 }, (_, number) => notification(number, 'PUBLISHED')),
      notification(0, 'CLOSING_SOON'),
    ]);
});
afterAll(async () => policies.close());

/** Grants of 1,000 yuan each; those that are paid are paid in full. */
async function grants(policyId: string, statuses: readonly GrantStatus[]): Promise<void> {
  const records = statuses.map((status, number): GrantRecord => ({
    id: `G-${policyId}-${String(number)}`,
    policyId,
    policyVersion: 1,
    department: 'RSJ',
    uscc: usccOf(number),
    regionCode: '421202',
    period: 'ALL',
    amountFen: 100_000,
    paidFen: status === 'PAID' ? 100_000 : 0,
    instalmentsFen: [100_000],
    settled: 0,
    publicityDays: 0,
    publicUntil: null,
    reserved: false,
    account: null,
    status,
    version: 1,
    identifiedAt: NOW,
    updatedAt: NOW,
  }));
  await policies.database.connection.transaction(async (session) =>
    policies.department.stores.grants.putHistory(records, [], session),
  );
}

const FIELDS = `suppressedBelow eligible undetermined eligibleRate { numerator denominator rate } grantedEnterprises granted { amount } paidThrough paidEnterprises paid { amount } paidRate { numerator denominator rate }
  applications questions openQuestions publishedQuestions answeredRate { numerator denominator rate } subscribersTold`;
async function statistics(id: string, actor: Actor | null): Promise<unknown> {
  const { data, errors } = await policies.ask<{ policy: { statistics: unknown } }>(
    `query ($id: ID!) { policy(id: $id) { statistics { ${FIELDS} } } }`,
    { variables: { id }, actor },
  );
  expect(errors).toBeUndefined();
  return data?.policy.statistics;
}
const AS_OF = 'matchesAsOf grantsAsOf applicationsAsOf questionsAsOf subscribersAsOf';

describe("a policy's statistics", () => {
  it('are exact for officials, and of now', async () => {
    expect(await statistics('staff', officer)).toEqual({
      suppressedBelow: null,
      eligible: 20,
      undetermined: 10,
      eligibleRate: { numerator: 20, denominator: 40, rate: '0.5000' },
      grantedEnterprises: 14,
      granted: { amount: '14000.00' },
      paidThrough: '2026-11-20',
      paidEnterprises: 8,
      paid: { amount: '8000.00' },
      paidRate: { numerator: 8, denominator: 14, rate: '0.5714' },
      applications: 2,
      questions: 8,
      openQuestions: 1,
      publishedQuestions: 2,
      answeredRate: { numerator: 6, denominator: 8, rate: '0.7500' },
      subscribersTold: 6,
    });
    expect(await statistics('tiny', officer)).toMatchObject({
      eligible: 4,
      grantedEnterprises: 3,
      granted: { amount: '3000.00' },
      paidEnterprises: 2,
      paidRate: { numerator: 2, denominator: 3, rate: '0.6667' },
      questions: 0,
      answeredRate: { numerator: 0, denominator: 0, rate: null },
    });
    const { data } = await policies.ask<{
      policy: { statistics: Record<string, string>; matchCounts: { asOf: string } };
    }>(`{ policy(id: "staff") { statistics { ${AS_OF} } matchCounts { asOf } } }`, { actor: officer });
    expect(new Set([...Object.values(data?.policy.statistics ?? {}), data?.policy.matchCounts.asOf])).toEqual(
      new Set([NOW.toISOString()]),
    );
  });

  it.each([
    ['nobody', null],
    ['an enterprise', enterprise(usccOf(1))],
  ])('hide cells of one to four from %s', async (_who, actor) => {
    expect(await statistics('staff', actor)).toEqual({
      suppressedBelow: 5,
      eligible: 20,
      undetermined: 10,
      eligibleRate: { numerator: 20, denominator: 40, rate: '0.5000' },
      grantedEnterprises: 14,
      granted: { amount: '14000.00' },
      paidThrough: '2026-10-31',
      paidEnterprises: 8,
      paid: { amount: '8000.00' },
      paidRate: { numerator: 8, denominator: 14, rate: '0.5714' },
      applications: null,
      questions: 8,
      openQuestions: null,
      publishedQuestions: 2,
      answeredRate: { numerator: null, denominator: 8, rate: null },
      subscribersTold: 6,
    });
    const hidden = { numerator: null, denominator: null, rate: null };
    expect(await statistics('tiny', actor)).toMatchObject({
      eligible: null,
      eligibleRate: { numerator: null, denominator: 40, rate: null },
      grantedEnterprises: null,
      granted: null,
      paidThrough: null,
      paidEnterprises: null,
      paid: null,
      paidRate: hidden,
      applications: 0,
      subscribersTold: 0,
    });
  });

  it('show a rate in the form of all rates, where both its parts may be shown', async () => {
    const rates = async (id: string, actor: Actor | null): Promise<unknown> => {
      const shown = ['eligibleOfMatched', 'paidOfGranted', 'answeredOfAsked']
        .map((rate) => `${rate} { numerator denominator rate }`)
        .join(' ');
      const { data, errors } = await policies.ask<{ policy: { statistics: unknown } }>(
        `query ($id: ID!) { policy(id: $id) { statistics { ${shown} } } }`,
        { variables: { id }, actor },
      );
      expect(errors).toBeUndefined();
      return data?.policy.statistics;
    };
    const [eligibleOfMatched, paidOfGranted] = [
      { numerator: 20, denominator: 40, rate: '0.5000' },
      { numerator: 8, denominator: 14, rate: '0.5714' },
    ];
    expect(await rates('staff', officer)).toEqual({
      eligibleOfMatched,
      paidOfGranted,
      answeredOfAsked: { numerator: 6, denominator: 8, rate: '0.7500' },
    });
    expect(await rates('staff', null)).toEqual({ eligibleOfMatched, paidOfGranted, answeredOfAsked: null });
    expect(await rates('tiny', officer)).toMatchObject({
      answeredOfAsked: { numerator: 0, denominator: 0, rate: null },
    });
    expect(await rates('tiny', null)).toMatchObject({ eligibleOfMatched: null, paidOfGranted: null });
  });

  it('hide a cell, too, from which with the others a small one could be worked out', async () => {
    expect(await statistics('most', officer)).toMatchObject({
      eligible: 27,
      undetermined: 10,
      eligibleRate: { denominator: 40 },
    });
    expect(await statistics('most', null)).toMatchObject({
      eligible: 27,
      undetermined: null,
      eligibleRate: { denominator: 40 },
    });
  });

  it('of many policies take one command for grants, and one each for questions, pledges and notifications', async () => {
    const { result, commands } = await countCommands(policies.database.connection, async () =>
      policies.ask(
        '{ policies { nodes { statistics { granted { amount } paidEnterprises paidRate { rate } applications questions publishedQuestions subscribersTold } } } }',
        { actor: officer },
      ),
    );
    expect(result.errors).toBeUndefined();
    expect(commands).toEqual(['aggregate', 'aggregate', 'aggregate', 'aggregate']);
  });

  it('of many policies take one command for each published part once they are published', async () => {
    const question =
      '{ policies { nodes { matchCounts { eligible } statistics { eligible granted { amount } paidEnterprises applications questions subscribersTold } } } }';
    await policies.ask(question);
    const { result, commands } = await countCommands(policies.database.connection, async () => policies.ask(question));
    expect(result.errors).toBeUndefined();
    expect(commands).toEqual(['aggregate', 'aggregate', 'aggregate', 'aggregate', 'aggregate']);
  });

  it('of matches are counted once for each policy, however many figures are made of them', async () => {
    const { result, commands } = await countCommands(policies.database.connection, async () =>
      policies.ask(
        '{ policies { nodes { matchCounts { eligible undetermined matched } statistics { eligible undetermined eligibleRate { rate } } } } }',
        { actor: officer },
      ),
    );
    expect(result.errors).toBeUndefined();
    expect(commands.toSorted()).toEqual([...Array<string>(6).fill('aggregate'), 'count']); // of three policies, eligible and undetermined
  });

  it('of grants are answered from the index alone', async () => {
    const plan = await policies.database.connection
      .collection('grants')
      .aggregate([
        { $match: { policyId: 'staff', status: { $in: ['PAID', 'APPROVED'] } } },
        {
          $group: {
            _id: { policyId: '$policyId', uscc: '$uscc' },
            paidFen: { $sum: '$paidFen' },
            amountFen: { $sum: '$amountFen' },
          },
        },
      ])
      .explain('executionStats');
    expect(JSON.stringify(plan)).toContain('"totalDocsExamined":0');
  });
});
