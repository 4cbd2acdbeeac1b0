import { hub } from './support/one-hub.js';
import { operation } from './support/start-hub.js';

let auditor: string;
let demoUscc: string;
beforeAll(async () => {
  auditor = await hub.token('--role', 'AUDITOR');
  demoUscc = /A demo enterprise: (\w{18})/.exec(hub.output())?.[1] ?? '';
});

interface Money {
  amount: string;
  currency?: string;
}
const fen = ({ amount }: Money): bigint => BigInt(amount.replace('.', ''));
const sum = (amounts: readonly Money[]): bigint => amounts.reduce((total, amount) => total + fen(amount), 0n);

describe('EnterpriseOverview', () => {
  interface Overview {
    enterprise: {
      uscc: string;
      name: string;
      region: { code: string };
      creditStanding: { grade: string; hasOpenDishonestyRecord: boolean };
      cases: {
        totalCount: number;
        nodes: {
          caseNumber: string;
          status: string;
          dueOn: string | null;
          isOverdue: boolean;
          handler: { code: string; name: string } | null;
        }[];
      };
      matchedPolicies: {
        totalCount: number;
        nodes: {
          outcome: string;
          policy: { id: string; title: string };
          criteria: { text: string; outcome: string }[];
        }[];
      };
      outstandingCommitments: {
        totalCount: number;
        outstandingAmount: Money;
        nodes: {
          id: string;
          daysOverdue: number;
          promisor: { name: string };
          promisedAmount: Money;
          fulfilledAmount: Money;
        }[];
      };
    };
  }

  it('shows the enterprise that the launcher names, out of four departments and without an error', async () => {
    const { data, errors } = await hub.ask<Overview>(await operation('enterprise-overview'), {
      variables: { uscc: demoUscc },
      token: auditor,
    });
    expect(errors).toBeUndefined();
    const { cases, matchedPolicies, outstandingCommitments, creditStanding, region } = data?.enterprise ?? failed();
    expect(region.code).toMatch(/^4212/);
    expect(creditStanding).toEqual({
      grade: expect.stringMatching(/^[ABCD]$/) as unknown,
      hasOpenDishonestyRecord: false,
    });
    expect(cases.totalCount).toBeGreaterThanOrEqual(cases.nodes.length);
    expect(cases.nodes.length).toBeGreaterThan(0);
    expect(cases.nodes.some(({ handler }) => handler !== null && handler.name.startsWith('咸宁'))).toBe(true);
    expect(matchedPolicies.nodes.length).toBeGreaterThan(0);
    for (const match of matchedPolicies.nodes) {
      expect(match.outcome).toBe('ELIGIBLE');
      expect(match.criteria.map(({ outcome }) => outcome)).toEqual(match.criteria.map(() => 'MET'));
    }
    expect(outstandingCommitments.nodes.length).toBeGreaterThan(0);
    for (const { promisedAmount, fulfilledAmount } of outstandingCommitments.nodes)
      expect(fen(promisedAmount)).toBeGreaterThan(fen(fulfilledAmount));
    if (outstandingCommitments.totalCount === outstandingCommitments.nodes.length) {
      const owed =
        sum(outstandingCommitments.nodes.map(({ promisedAmount }) => promisedAmount)) -
        sum(outstandingCommitments.nodes.map(({ fulfilledAmount }) => fulfilledAmount));
      expect(fen(outstandingCommitments.outstandingAmount)).toBeLessThanOrEqual(owed);
    }
  });

  it('takes one request to each department, names of departments included', async () => {
    const answered = async (): Promise<Record<string, number>> => {
      const metrics = await (await fetch(`${hub.operations}/metrics`)).text();
      return Object.fromEntries(
        [
          ...metrics.matchAll(
            /^zhitong_gateway_department_seconds_count\{department="(\w+)",outcome="answered"\} (\d+)/gm,
          ),
        ].map(([, name = '', count]): [string, number] => [name, Number(count)]),
      );
    };
    const before = await answered();
    for (let turn = 0; turn < 10; turn++)
      await hub.ask(await operation('enterprise-overview'), { variables: { uscc: demoUscc }, token: auditor });
    const after = await answered();
    const { enterprises = 0, ...others } = Object.fromEntries(
      Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]),
    );
    expect(others).toEqual({ cases: 10, policies: 10, credit: 10 });
    // Two departments read the list of departments now and then.
    expect(enterprises).toBeGreaterThanOrEqual(10);
    expect(enterprises).toBeLessThan(15);
  });

  it('answers the enterprise itself about itself, and another enterprise only the public card', async () => {
    const own = await hub.token('--role', 'ENTERPRISE', '--uscc', demoUscc);
    expect(
      (await hub.ask<Overview>(await operation('enterprise-overview'), { variables: { uscc: demoUscc }, token: own }))
        .errors,
    ).toBeUndefined();

    const { data: others } = await hub.ask<{ enterprises: { nodes: { uscc: string }[] } }>(
      '{ enterprises(first: 2) { nodes { uscc } } }',
    );
    const other = others?.enterprises.nodes.map(({ uscc }) => uscc).find((uscc) => uscc !== demoUscc) ?? '';
    const stranger = await hub.token('--role', 'ENTERPRISE', '--uscc', other);
    const { data, errors } = await hub.ask<{ enterprise: Record<string, unknown> }>(
      await operation('enterprise-overview'),
      { variables: { uscc: demoUscc }, token: stranger },
    );
    expect(data?.enterprise).toMatchObject({
      uscc: demoUscc,
      cases: null,
      matchedPolicies: null,
      outstandingCommitments: null,
      creditStanding: null,
    });
    expect(data?.enterprise['name']).toEqual(expect.any(String));
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(errors?.map(() => 'FORBIDDEN'));
    expect(new Set(errors?.map(({ path }) => path?.[1]))).toEqual(
      new Set(['cases', 'creditStanding', 'matchedPolicies', 'outstandingCommitments']),
    );
  });

  it('shows an anonymous caller the public card, with the reason at each other field', async () => {
    const { data, errors } = await hub.ask<{ enterprise: Record<string, unknown> }>(
      await operation('enterprise-overview'),
      { variables: { uscc: demoUscc } },
    );
    expect(data?.enterprise).toMatchObject({ uscc: demoUscc, cases: null, matchedPolicies: null });
    expect(new Set(errors?.map(({ extensions }) => extensions?.['code']))).toEqual(new Set(['UNAUTHENTICATED']));
  });
});

describe('EnterpriseList', () => {
  it('lists large and medium enterprises with the first of everything', async () => {
    const officer = await hub.token('--role', 'OFFICER', '--department', 'RSJ');
    interface Listed {
      enterprises: {
        totalCount: number;
        nodes: {
          uscc: string;
          cases: { totalCount: number };
          matchedPolicies: { totalCount: number; nodes: { policy: { title: string } }[] };
          outstandingCommitments: { totalCount: number };
        }[];
      };
    }
    const { data, errors } = await hub.ask<Listed>(await operation('enterprise-list'), { token: officer });
    expect(errors).toBeUndefined();
    const nodes = data?.enterprises.nodes ?? [];
    expect(nodes).toHaveLength(Math.min(50, data?.enterprises.totalCount ?? 0));
    expect(nodes.length).toBeGreaterThan(10);
    expect(nodes.find(({ uscc }) => uscc === demoUscc)).toMatchObject({
      outstandingCommitments: { totalCount: expect.any(Number) as unknown },
    });
    expect(
      nodes.every(({ matchedPolicies }) => matchedPolicies.nodes.length === Math.min(3, matchedPolicies.totalCount)),
    ).toBe(true);
  });
});

describe('UnfulfilledPromises', () => {
  interface Audit {
    commitmentAudit: {
      asOf: string;
      promisedAmount: Money;
      fulfilledAmount: Money;
      outstandingAmount: Money;
      overdueAmount: Money;
      groups: {
        department: { code: string; name: string };
        count: number;
        overdueCount: number;
        outstandingAmount: Money;
        overdueAmount: Money;
        commitments: { nodes: { daysOverdue: number; enterprise: { uscc: string; name: string } }[] };
      }[];
    };
  }
  const audit = async (asOf: string) =>
    hub.ask<Audit>(await operation('unfulfilled-promises'), { variables: { asOf }, token: auditor });

  it('sums to its groups, names every department and enterprise, and answers a past day the same way twice', async () => {
    const { data, errors } = await audit('2026-06-30');
    expect(errors).toBeUndefined();
    const { groups, outstandingAmount, overdueAmount, promisedAmount, fulfilledAmount } =
      data?.commitmentAudit ?? failed();
    expect(sum(groups.map((group) => group.outstandingAmount))).toBe(fen(outstandingAmount));
    expect(sum(groups.map((group) => group.overdueAmount))).toBe(fen(overdueAmount));
    expect(fen(promisedAmount)).toBeGreaterThanOrEqual(fen(fulfilledAmount) + fen(outstandingAmount));
    expect(groups.length).toBeGreaterThan(1);
    expect(groups.every(({ department }) => department.name.length > 2)).toBe(true);
    expect(
      groups.flatMap(({ commitments }) => commitments.nodes).every(({ enterprise }) => enterprise.name.length > 2),
    ).toBe(true);
    expect((await audit('2026-06-30')).data).toEqual(data);
    expect((await audit('2025-06-30')).data).not.toEqual(data);
  });

  it('is for officials: an enterprise and an anonymous caller get nothing of it', async () => {
    const own = await hub.token('--role', 'ENTERPRISE', '--uscc', demoUscc);
    for (const token of [own, undefined]) {
      const { data, errors } = await hub.ask<{ commitmentAudit: unknown }>(await operation('unfulfilled-promises'), {
        variables: { asOf: '2026-06-30' },
        token,
      });
      expect(data?.commitmentAudit ?? null).toBeNull();
      expect(['FORBIDDEN', 'UNAUTHENTICATED']).toContain(errors?.[0]?.extensions?.['code']);
    }
  });
});

describe('WhoGetsThis', () => {
  it('pages through everybody who matches, once each, and agrees with the live evaluation of one of them', async () => {
    interface Who {
      policy: {
        id: string;
        issuer: { name: string };
        criteria: { text: string; fact: string | null; operator: string; value: unknown }[];
        eligibleEnterprises: {
          totalCount: number;
          pageInfo: { hasNextPage: boolean; endCursor: string };
          nodes: { uscc: string; name: string }[];
        };
      };
    }
    const { data: shelf } = await hub.ask<{ enterprise: { matchedPolicies: { nodes: { policy: { id: string } }[] } } }>(
      'query ($uscc: ID!) { enterprise(uscc: $uscc) { matchedPolicies(first: 1) { nodes { policy { id } } } } }',
      { variables: { uscc: demoUscc }, token: auditor },
    );
    const policy = shelf?.enterprise.matchedPolicies.nodes[0]?.policy.id;
    const found: { uscc: string; name: string }[] = [];
    let after: string | undefined;
    let total: number;
    do {
      const { data, errors } = await hub.ask<Who>(await operation('who-gets-this'), {
        variables: { policy, after },
        token: auditor,
      });
      expect(errors).toBeUndefined();
      const page = data?.policy.eligibleEnterprises ?? failed();
      expect(data?.policy.issuer.name).toMatch(/^咸宁|^咸安|人民/);
      expect(data?.policy.criteria.length).toBeGreaterThan(0);
      found.push(...page.nodes);
      total = page.totalCount;
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
    } while (after !== undefined);
    expect(found).toHaveLength(total);
    expect(new Set(found.map(({ uscc }) => uscc)).size).toBe(total);
    expect(found.map(({ uscc }) => uscc)).toContain(demoUscc);
    expect(found.every(({ name }) => name.length > 2)).toBe(true);
  });

  it('shows the published policies to anybody, but not who gets them', async () => {
    const { data, errors } = await hub.ask<{
      policies: { totalCount: number; nodes: { id: string; title: string; eligibleEnterprises: unknown }[] };
    }>('{ policies(first: 100) { totalCount nodes { id title eligibleEnterprises { totalCount } } } }');
    expect(data?.policies.totalCount).toBe(77);
    expect(data?.policies.nodes.every(({ eligibleEnterprises }) => eligibleEnterprises === null)).toBe(true);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

function failed(): never {
  throw new Error('The answer holds no data.');
}
