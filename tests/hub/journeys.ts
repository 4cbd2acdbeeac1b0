import { hub } from './support/one-hub.js';
import { until } from '../support/until.js';

let uscc: string;
let tokens: {
  enterprise: string;
  coordinator: string;
  officer: string;
  commerce: string;
  ledgerOffice: string;
  auditor: string;
};
beforeAll(async () => {
  uscc = /A demo enterprise: (\w{18})/.exec(hub.output())?.[1] ?? '';
  tokens = {
    enterprise: await hub.token('--role', 'ENTERPRISE', '--uscc', uscc),
    coordinator: await hub.token('--role', 'COORDINATOR'),
    officer: await hub.token('--role', 'OFFICER', '--department', 'RSJ'),
    commerce: await hub.token('--role', 'OFFICER', '--department', 'SWUJ'),
    ledgerOffice: await hub.token('--role', 'OFFICER', '--department', 'FGW'),
    auditor: await hub.token('--role', 'AUDITOR'),
  };
});

interface Refusal {
  code: string;
  message: string;
}
const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());

describe('an appeal, from the portal to the rating', () => {
  interface Handled {
    case: { caseNumber: string; status: string; version: number; handler: { name: string } | null } | null;
    refusal: Refusal | null;
  }
  const act = async (
    mutation: string,
    type: string,
    input: Record<string, unknown>,
    token: string,
    language?: string,
  ): Promise<Handled> => {
    const { data, errors } = await hub.ask<Record<string, Handled>>(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { case { caseNumber status version handler { name } } refusal { code message } } }`,
      { variables: { input }, token, ...(language === undefined ? {} : { language }) },
    );
    expect(errors).toBeUndefined();
    return data?.[mutation] ?? { case: null, refusal: null };
  };

  it('goes through the hands of four people, and the button pressed twice acts once', async () => {
    const submitted = {
      idempotencyKey: 'journey-submit',
      kind: 'APPEAL',
      category: 'LABOUR',
      title: '稳岗返还资金未到账',
      text: '我公司九月提交材料，至今未收到失业保险稳岗返还。',
      region: '421202',
      uscc,
    };
    const first = await act('submitCase', 'SubmitCaseInput', submitted, tokens.enterprise);
    const again = await act('submitCase', 'SubmitCaseInput', submitted, tokens.enterprise);
    expect(again).toEqual(first);
    const caseNumber = first.case?.caseNumber ?? '';
    let version = first.case?.version ?? 0;
    const move = async (
      mutation: string,
      type: string,
      input: Record<string, unknown>,
      token: string,
    ): Promise<string | undefined> => {
      const done = await act(
        mutation,
        type,
        { idempotencyKey: `journey-${mutation}`, caseNumber, expectedVersion: version, ...input },
        token,
      );
      expect(done.refusal).toBeNull();
      version = done.case?.version ?? 0;
      return done.case?.status;
    };
    expect(await move('assignCase', 'AssignCaseInput', { lead: 'RSJ' }, tokens.coordinator)).toBe('ASSIGNED');
    expect(await move('acceptCase', 'CaseInput', {}, tokens.officer)).toBe('ACCEPTED');
    expect(
      await move('recordCaseContact', 'CaseNoteInput', { note: '已电话联系企业，核对账户。' }, tokens.officer),
    ).toBe('IN_PROGRESS');

    const tooEarly = { idempotencyKey: 'journey-too-early', caseNumber, expectedVersion: version, reason: '办结' };
    const illegal = await act('closeCase', 'ReasonedCaseInput', tooEarly, tokens.coordinator);
    expect(illegal).toMatchObject({ case: null, refusal: { code: 'CONFLICT' } });
    expect(illegal.refusal?.message).not.toMatch(/[\u4E00-\u9FFF]/);
    // The same person, whose browser asks for Chinese.
    const inChinese = await act(
      'closeCase',
      'ReasonedCaseInput',
      tooEarly,
      tokens.coordinator,
      'zh-CN,zh;q=0.9,en;q=0.8',
    );
    expect(inChinese.refusal?.message).toMatch(/[\u4E00-\u9FFF]{4}/);

    expect(
      await move(
        'resolveCase',
        'AnswerCaseInput',
        { answer: '账户信息已更正，资金将于三个工作日内拨付。' },
        tokens.officer,
      ),
    ).toBe('RESOLVED');
    expect(await move('rateCase', 'RateCaseInput', { process: 5, result: 4 }, tokens.enterprise)).toBe('RATED');

    const { data } = await hub.ask<{
      enterprise: { cases: { nodes: { caseNumber: string; status: string; handler: { name: string } }[] } };
    }>(
      'query ($uscc: ID!) { enterprise(uscc: $uscc) { cases(first: 1) { nodes { caseNumber status handler { name } } } } }',
      { variables: { uscc }, token: tokens.enterprise },
    );
    expect(data?.enterprise.cases.nodes[0]).toEqual({
      caseNumber,
      status: 'RATED',
      handler: { name: '咸宁市人力资源和社会保障局' },
    });
  });
});

describe('a promise, from its record to its fulfilment', () => {
  interface Totals {
    enterprise: { outstandingCommitments: { totalCount: number; outstandingAmount: { amount: string } } };
  }
  const owed = async (): Promise<bigint> => {
    const { data } = await hub.ask<Totals>(
      'query ($uscc: ID!) { enterprise(uscc: $uscc) { outstandingCommitments(first: 1) { totalCount outstandingAmount { amount } } } }',
      { variables: { uscc }, token: tokens.enterprise },
    );
    return BigInt((data?.enterprise.outstandingCommitments.outstandingAmount.amount ?? '0').replace('.', ''));
  };

  it('is owed to the fen, and paid once however often the same bank receipt is entered', async () => {
    const before = await owed();
    const record =
      'mutation ($input: RecordCommitmentInput!) { recordCommitment(input: $input) { commitment { id } refusal { code message } } }';
    const { data, errors } = await hub.ask<{
      recordCommitment: { commitment: { id: string } | null; refusal: Refusal | null };
    }>(record, {
      variables: {
        input: {
          idempotencyKey: 'journey-promise',
          title: '设备投资补助',
          kind: 'CASH',
          promisor: 'FGW',
          uscc,
          districtCode: '421202',
          promisedOn: '2026-01-05',
          document: { number: '咸发改〔2026〕1号', date: '2026-01-05' },
          instalments: [{ dueOn: '2026-06-30', amount: '1000000.01' }],
          official: { name: '李明', post: '科长' },
        },
      },
      token: tokens.ledgerOffice,
    });
    expect(errors).toBeUndefined();
    expect(data?.recordCommitment.refusal).toBeNull();
    expect(await owed()).toBe(before + 100_000_001n);

    const pay = async (idempotencyKey: string, amount: string, paymentReference = 'YH20261101-0001') => {
      const answer = await hub.ask<{ recordFulfilment: { commitment: unknown; refusal: Refusal | null } }>(
        'mutation ($input: RecordFulfilmentInput!) { recordFulfilment(input: $input) { commitment { id } refusal { code message } } }',
        {
          variables: {
            input: {
              idempotencyKey,
              commitment: data?.recordCommitment.commitment?.id,
              amount,
              effectiveOn: '2026-11-01',
              paymentReference,
              evidence: '银行回单',
            },
          },
          token: tokens.ledgerOffice,
        },
      );
      expect(answer.errors).toBeUndefined();
      return answer.data?.recordFulfilment.refusal?.code ?? 'PAID';
    };
    expect(await Promise.all([pay('journey-pay-1', '400000.00'), pay('journey-pay-1', '400000.00')])).toEqual([
      'PAID',
      'PAID',
    ]);
    expect(await pay('journey-pay-2', '400000.00')).toBe('DUPLICATE');
    expect(await owed()).toBe(before + 60_000_001n);
    expect(await pay('journey-pay-3', '700000.00', 'YH20261101-0002')).toBe('CONFLICT');
    expect(await owed()).toBe(before + 60_000_001n);
  });
});

describe('a dishonesty record', () => {
  it('takes the policies away that ask for none, with the reason, in the live answer and in the stored lists', async () => {
    const matches = async (): Promise<
      { outcome: string; policy: { id: string }; criteria: { text: string; outcome: string }[] }[]
    > => {
      const { data, errors } = await hub.ask<{
        enterprise: {
          matchedPolicies: {
            nodes: { outcome: string; policy: { id: string }; criteria: { text: string; outcome: string }[] }[];
          };
        };
      }>(
        'query ($uscc: ID!) { enterprise(uscc: $uscc) { matchedPolicies(first: 100, filter: { outcomes: [ELIGIBLE, NOT_ELIGIBLE, UNDETERMINED] }) { nodes { outcome policy { id } criteria { text outcome } } } } }',
        { variables: { uscc }, token: tokens.auditor },
      );
      expect(errors).toBeUndefined();
      return data?.enterprise.matchedPolicies.nodes ?? [];
    };
    const asksForHonesty = ({ criteria }: { criteria: { text: string }[] }): boolean =>
      criteria.some(({ text }) => /失信/.test(text));
    const before = await matches();
    const { data, errors } = await hub.ask<{ recordDishonesty: { refusal: Refusal | null } }>(
      'mutation ($input: RecordDishonestyInput!) { recordDishonesty(input: $input) { creditStanding { grade } refusal { code message } } }',
      {
        variables: {
          input: {
            idempotencyKey: 'journey-dishonest',
            uscc,
            category: '拖欠农民工工资',
            seriousness: 'SERIOUS',
            documentNumber: '咸人社监〔2026〕9号',
            from: today(),
          },
        },
        token: tokens.ledgerOffice,
      },
    );
    expect(errors).toBeUndefined();
    expect(data?.recordDishonesty.refusal).toBeNull();

    const after = await matches();
    const asking = after.filter(asksForHonesty);
    expect(asking.length).toBeGreaterThan(0);
    for (const match of asking) {
      expect(match.outcome).toBe('NOT_ELIGIBLE');
      expect(match.criteria.find(({ text }) => /失信/.test(text))?.outcome).toBe('NOT_MET');
    }
    const lost = before
      .filter(asksForHonesty)
      .filter(({ outcome }) => outcome === 'ELIGIBLE')
      .map(({ policy }) => policy.id);
    for (const id of lost) {
      const stored = async (): Promise<boolean> => {
        const { data: list } = await hub.ask<{ policy: { eligibleEnterprises: { nodes: { uscc: string }[] } } }>(
          'query ($id: ID!) { policy(id: $id) { eligibleEnterprises(first: 200) { nodes { uscc } } } }',
          { variables: { id }, token: tokens.auditor },
        );
        return list?.policy.eligibleEnterprises.nodes.some((enterprise) => enterprise.uscc === uscc) ?? false;
      };
      // The event arrives when it arrives; the test's own limit ends the asking.
      await until(async () => !(await stored()));
    }
  }, 600_000);
});

describe('a day in the past', () => {
  it('is matched on the policies, the figures and the credit standing of that day, for one enterprise or a list', async () => {
    const day = `${String(Number(today().slice(0, 4)) - 1)}-06-30`;
    interface Past {
      uscc: string;
      registeredOn: string;
      facts: { asOf: string } | null;
      matchedPolicies: {
        totalCount: number;
        nodes: {
          referenceDate: string;
          criteria: { fact: string | null; actual: string | null; asOf: string | null }[];
        }[];
      } | null;
    }
    const PAST =
      'registeredOn uscc facts(asOf: $day) matchedPolicies(asOf: $day, first: 100, filter: { outcomes: [ELIGIBLE, NOT_ELIGIBLE, UNDETERMINED] }) { totalCount nodes { referenceDate criteria { fact actual asOf } } }';
    const { data, errors } = await hub.ask<{ enterprises: { nodes: Past[] } }>(
      `query ($day: Date!) { enterprises(first: 5) { nodes { ${PAST} } } }`,
      { variables: { day }, token: tokens.auditor },
    );
    expect(errors).toBeUndefined();
    for (const { registeredOn, facts, matchedPolicies } of data?.enterprises.nodes ?? []) {
      expect(facts === null).toBe(registeredOn > day);
      expect(matchedPolicies?.totalCount === 0).toBe(registeredOn > day);
      const read = (matchedPolicies?.nodes ?? [])
        .flatMap(({ criteria }) => criteria)
        .filter(({ actual }) => actual !== null);
      for (const { fact, asOf } of read)
        expect([
          facts?.asOf,
          day,
          ...(fact === 'scale' ||
          fact === 'industryCode' ||
          fact === 'registeredRegion' ||
          fact === 'isDeregistered' ||
          fact === 'abnormalOperationListed'
            ? [today()]
            : []),
        ]).toContain(asOf);
      expect(matchedPolicies?.nodes.every(({ referenceDate }) => referenceDate === day)).toBe(true);
    }
    expect(
      data?.enterprises.nodes.some(({ facts }) => facts?.asOf === `${String(Number(day.slice(0, 4)) - 1)}-12-31`),
    ).toBe(true);
    const own = await hub.ask<{ enterprise: Past }>(
      `query ($uscc: ID!, $day: Date!) { enterprise(uscc: $uscc) { ${PAST} } }`,
      { variables: { uscc, day }, token: tokens.enterprise },
    );
    expect(own.errors).toBeUndefined();
    expect(own.data?.enterprise.matchedPolicies?.totalCount).toBeGreaterThan(0);
  }, 600_000);
});

describe('a fact that changes in one department', () => {
  it('changes the stored matches of another without anybody asking for it', async () => {
    const eligible = async (): Promise<{ totalCount: number; nodes: { uscc: string }[] }> => {
      const { data } = await hub.ask<{
        policy: { eligibleEnterprises: { totalCount: number; nodes: { uscc: string }[] } };
      }>('query ($id: ID!) { policy(id: $id) { eligibleEnterprises(first: 200) { totalCount nodes { uscc } } } }', {
        variables: { id: 'gd-export-insurance-2022' },
        token: tokens.auditor,
      });
      return data?.policy.eligibleEnterprises ?? { totalCount: 0, nodes: [] };
    };
    const before = await eligible();
    const uscc = before.nodes[0]?.uscc;
    expect(before.totalCount).toBeGreaterThan(1);

    const record =
      'mutation ($input: RecordEnterpriseFactsInput!) { recordEnterpriseFacts(input: $input) { enterprise { uscc } refusal { message } } }';
    const { data } = await hub.ask<{ recordEnterpriseFacts: { refusal: unknown } }>(record, {
      variables: { input: { idempotencyKey: 'events-test-1', uscc, year: 2025, values: { exportsUSD: 900_000_000 } } },
      token: tokens.commerce,
    });
    expect(data?.recordEnterpriseFacts).toEqual({ enterprise: { uscc }, refusal: null });

    // The event arrives when it arrives; the test's own limit ends the asking.
    for (let now = await eligible(); ; now = await eligible()) {
      if (now.nodes.every((enterprise) => enterprise.uscc !== uscc)) {
        expect(now.totalCount).toBe(before.totalCount - 1);
        break;
      }
    }
  }, 600_000);

  it('decides the very next question about the enterprise, before any event has arrived', async () => {
    const MATCHES =
      'query ($uscc: ID!) { enterprise(uscc: $uscc) { factsVersion facts matchedPolicies(first: 200, filter: { outcomes: [ELIGIBLE, NOT_ELIGIBLE, UNDETERMINED] }) { nodes { criteria { fact actual asOf } } } } }';
    const exportsOf = async (): Promise<unknown[]> => {
      const { data, errors } = await hub.ask<{
        enterprise: {
          matchedPolicies: {
            nodes: { criteria: { fact: string | null; actual: string | null; asOf: string | null }[] }[];
          };
        };
      }>(MATCHES, { variables: { uscc }, token: tokens.auditor });
      expect(errors).toBeUndefined();
      return [
        ...new Set(
          data?.enterprise.matchedPolicies.nodes.flatMap(({ criteria }) =>
            criteria.flatMap(({ fact, actual, asOf }) =>
              fact === 'exportsUSD' ? [`${String(actual)} on ${String(asOf)}`] : [],
            ),
          ),
        ),
      ];
    };
    await exportsOf();
    for (const [at, exportsUSD] of [321, 322, 321].entries()) {
      const record =
        'mutation ($input: RecordEnterpriseFactsInput!) { recordEnterpriseFacts(input: $input) { refusal { message } } }';
      await hub.ask(record, {
        variables: {
          input: { idempotencyKey: `next-question-${String(at)}`, uscc, year: 2025, values: { exportsUSD } },
        },
        token: tokens.commerce,
      });
      expect(await exportsOf()).toEqual([`${String(exportsUSD)}美元 on 2025-12-31`]);
    }
  }, 600_000);
});
