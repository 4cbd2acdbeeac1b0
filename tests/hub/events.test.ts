import { startHub, type RunningHub } from './support/start-hub.js';

let hub: RunningHub;
beforeAll(async () => {
  hub = await startHub({ enterprises: 200 });
}, 300_000);
afterAll(async () => hub.remove(), 60_000);

const POLICY = 'gd-export-insurance-2022';

describe('a fact that changes in one department', () => {
  it('changes the stored matches of another without anybody asking for it', async () => {
    const officer = await hub.token('--role', 'OFFICER', '--department', 'TJJ');
    const auditor = await hub.token('--role', 'AUDITOR');
    const eligible = async (): Promise<{ totalCount: number; nodes: { uscc: string }[] }> => {
      const { data } = await hub.ask<{ policy: { eligibleEnterprises: { totalCount: number; nodes: { uscc: string }[] } } }>('query ($id: ID!) { policy(id: $id) { eligibleEnterprises(first: 200) { totalCount nodes { uscc } } } }', { variables: { id: POLICY }, token: auditor });
      return data?.policy.eligibleEnterprises ?? { totalCount: 0, nodes: [] };
    };
    const before = await eligible();
    const uscc = before.nodes[0]?.uscc;
    expect(before.totalCount).toBeGreaterThan(1);

    const record = 'mutation ($input: RecordEnterpriseFactsInput!) { recordEnterpriseFacts(input: $input) { enterprise { uscc } refusal { message } } }';
    const { data } = await hub.ask<{ recordEnterpriseFacts: { refusal: unknown } }>(record, { variables: { input: { idempotencyKey: 'events-test-1', uscc, year: 2025, values: { exportsUSD: 900_000_000 } } }, token: officer });
    expect(data?.recordEnterpriseFacts).toEqual({ enterprise: { uscc }, refusal: null });

    // The event arrives when it arrives; the test's own limit ends the asking.
    for (let now = await eligible(); ; now = await eligible()) {
      if (now.nodes.every((enterprise) => enterprise.uscc !== uscc)) {
        expect(now.totalCount).toBe(before.totalCount - 1);
        break;
      }
    }
  }, 60_000);
});
