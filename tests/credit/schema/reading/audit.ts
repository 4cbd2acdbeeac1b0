import { countCommands } from '@zhitong/kit/testing';
import { positionAsOf } from '../../../../subgraphs/credit/src/domain/ledger/as-of.js';
import { formatYuan, sumFen } from '@zhitong/values';
import { auditor, enterprise, TODAY } from '../../support/credit-under-test.js';
import { credit, moneySum, positions } from './city.js';

describe('commitmentAudit', () => {
  const AUDIT = `query ($asOf: Date!, $knownOn: Date, $groupBy: CommitmentGrouping!) { commitmentAudit(asOf: $asOf, knownOn: $knownOn, groupBy: $groupBy) { asOf knownOn
    promisedCount count overdueCount promisedAmount { amount } fulfilledAmount { amount } waivedAmount { amount } outstandingAmount { amount } overdueAmount { amount }
    ageing { bucket count amount { amount } } onTimeRate { numerator denominator value }
    groups { key department { code } count overdueCount outstandingAmount { amount } overdueAmount { amount }
      commitments(first: 5) { totalCount pageInfo { hasNextPage endCursor } nodes { id title dueOn daysOverdue enterprise { uscc } promisedAmount { amount } } } } } }`;
  interface Audit {
    commitmentAudit: {
      promisedCount: number;
      count: number;
      overdueCount: number;
      promisedAmount: { amount: string };
      fulfilledAmount: { amount: string };
      waivedAmount: { amount: string };
      outstandingAmount: { amount: string };
      overdueAmount: { amount: string };
      ageing: { bucket: string; count: number; amount: { amount: string } }[];
      onTimeRate: { numerator: number; denominator: number; value: string | null };
      groups: {
        key: string;
        department: { code: string } | null;
        count: number;
        overdueCount: number;
        outstandingAmount: { amount: string };
        overdueAmount: { amount: string };
        commitments: {
          totalCount: number;
          pageInfo: { hasNextPage: boolean; endCursor: string };
          nodes: { id: string; dueOn: string; daysOverdue: number; enterprise: { uscc: string } }[];
        };
      }[];
    } | null;
  }
  const audit = async (variables: object, actor: Parameters<typeof credit.ask>[1] = { actor: auditor }) =>
    credit.ask<Audit>(AUDIT, { variables: { groupBy: 'DEPARTMENT', ...variables }, ...actor });

  it.each([
    [TODAY, null],
    ['2026-03-31', null],
    ['2026-03-31', '2026-03-31'],
    ['2025-06-30', '2025-07-15'],
    ['2024-12-31', null],
    ['2020-01-01', null],
  ])(
    'as of %s with the knowledge of %p gives the figures that the domain computes entry by entry',
    async (asOf, knownOn) => {
      const expected = positions(asOf, knownOn);
      const { data, errors } = await audit({ asOf, knownOn });
      expect(errors).toBeUndefined();
      const overdue = expected.filter((position) => position.overdue > 0);
      expect(data?.commitmentAudit).toMatchObject({
        promisedCount: expected.length,
        count: expected.filter(({ outstanding }) => outstanding > 0).length,
        overdueCount: overdue.length,
        promisedAmount: { amount: moneySum(expected, 'promised') },
        fulfilledAmount: { amount: moneySum(expected, 'fulfilled') },
        waivedAmount: { amount: moneySum(expected, 'waived') },
        outstandingAmount: { amount: moneySum(expected, 'outstanding') },
        overdueAmount: { amount: moneySum(expected, 'overdue') },
      });
      for (const bucket of data?.commitmentAudit?.ageing ?? []) {
        const aged = expected.flatMap((position) =>
          position.terms.measure === 'MONEY'
            ? position.instalments.filter(({ ageing }) => ageing === bucket.bucket)
            : [],
        );
        expect([bucket.bucket, bucket.amount.amount]).toEqual([
          bucket.bucket,
          formatYuan(sumFen(aged.map(({ outstanding }) => outstanding))),
        ]);
      }
      expect(data?.commitmentAudit?.ageing.reduce((sum, { count }) => sum + count, 0)).toBe(overdue.length);
      for (const group of data?.commitmentAudit?.groups ?? []) {
        const own = expected.filter(({ promisor }) => promisor === group.department?.code);
        const unkept = own
          .filter(({ outstanding }) => outstanding > 0)
          .sort((a, b) => (`${a.dueOn ?? ''}${a.id}` < `${b.dueOn ?? ''}${b.id}` ? -1 : 1));
        expect(group).toMatchObject({
          count: unkept.length,
          outstandingAmount: { amount: moneySum(own, 'outstanding') },
          overdueAmount: { amount: moneySum(own, 'overdue') },
        });
        expect(group.commitments.nodes.map(({ id, dueOn, daysOverdue }) => ({ id, dueOn, daysOverdue }))).toEqual(
          unkept.slice(0, 5).map(({ id, dueOn, daysOverdue }) => ({ id, dueOn, daysOverdue })),
        );
        expect(group.commitments.totalCount).toBe(unkept.length);
      }
    },
  );

  it('counts an instalment as on time when the due day saw it settled', async () => {
    const asOf = '2026-06-30';
    const { data } = await audit({ asOf });
    let [fallenDue, inTime] = [0, 0];
    for (const chain of credit.chains) {
      const now = positionAsOf(chain, { asOf, knownOn: null });
      if (!now || now.state === 'VOID') continue;
      let through = 0;
      // What is due on the day itself may still be paid; what was waived was not kept.
      for (const { dueOn, amount } of now.instalments.filter((instalment) => instalment.dueOn < asOf)) {
        through += amount;
        fallenDue += 1;
        if ((positionAsOf(chain, { asOf: dueOn, knownOn: null })?.fulfilled ?? 0) >= through) inTime += 1;
      }
    }
    expect(data?.commitmentAudit?.onTimeRate).toMatchObject({
      numerator: inTime,
      denominator: fallenDue,
      value: expect.stringMatching(/^0\.\d{4}$/) as unknown,
    });
  });

  it.each(['DISTRICT', 'YEAR', 'KIND', 'PROJECT', 'OFFICIAL'])('grouped by %s adds up to the same', async (groupBy) => {
    const [byDepartment, other] = [await audit({ asOf: TODAY }), await audit({ asOf: TODAY, groupBy })];
    expect(other.errors).toBeUndefined();
    expect({ ...other.data?.commitmentAudit, groups: [] }).toEqual({
      ...byDepartment.data?.commitmentAudit,
      groups: [],
    });
    expect(new Set(other.data?.commitmentAudit?.groups.map(({ key }) => key)).size).toBe(
      other.data?.commitmentAudit?.groups.length,
    );
    expect(other.data?.commitmentAudit?.groups.reduce((sum, { count }) => sum + count, 0)).toBe(
      byDepartment.data?.commitmentAudit?.count,
    );
  });

  it.each([
    'undocumentedCount',
    'ageing { bucket count amount { amount } }',
    'onTimeRate { numerator denominator value }',
  ])('tells %s alone as with all other figures, of the whole and of its groups', async (figure) => {
    interface Figures {
      commitmentAudit: { groups: object[] };
    }
    const ask = async (ofWhole: string, ofGroups: string) =>
      (
        await credit.ask<Figures>(
          `{ commitmentAudit(asOf: "${TODAY}", groupBy: OFFICIAL) { asOf ${ofWhole} groups { key ...F } } } fragment F on CommitmentAuditGroup { ${ofGroups} }`,
          { actor: auditor },
        )
      ).data?.commitmentAudit;
    const ALL =
      'undocumentedCount ageing { bucket count amount { amount } } onTimeRate { numerator denominator value }';
    const all = await ask(ALL, ALL);
    expect(all).toMatchObject((await ask(figure, 'key')) ?? {});
    expect(all?.groups).toMatchObject((await ask('asOf', figure))?.groups ?? []);
    const field = figure.split(' ')[0] ?? '';
    expect(
      new Set(all?.groups.map((group) => JSON.stringify((group as Record<string, unknown>)[field]))).size,
    ).toBeGreaterThan(1);
  });

  it('is answered with a number of commands that does not grow with its groups', async () => {
    const ask = async (groupBy: string) =>
      countCommands(credit.database.connection, async () => audit({ asOf: TODAY, groupBy }));
    const [few, many] = [await ask('KIND'), await ask('OFFICIAL')];
    expect(many.result.data?.commitmentAudit?.groups.length).toBeGreaterThan(
      3 * (few.result.data?.commitmentAudit?.groups.length ?? 0),
    );
    const sent = ({ commands }: { commands: readonly string[] }) =>
      commands.filter((name) => name !== 'getMore').sort();
    expect(sent(many)).toEqual(sent(few));
    expect(sent(many).length).toBeLessThanOrEqual(6);
  });

  it('is not for enterprises or the public, and not about the future', async () => {
    expect((await audit({ asOf: TODAY }, { actor: null })).errors?.[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(
      (await audit({ asOf: TODAY }, { actor: enterprise('91421200MA48FAKE0X') })).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'FORBIDDEN' });
    expect((await audit({ asOf: '2026-11-21' })).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: ['asOf'],
    });
  });
});
