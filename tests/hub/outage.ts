import { alive, descendants } from './support/processes.js';
import { LOADED_ENTERPRISES } from './support/loaded-city.js';
import { hub } from './support/one-hub.js';
import { operation, startHub } from './support/start-hub.js';

describe('a hub with a department down', () => {
  /** Meanwhile the department holds its port and does not answer: the slow kind of being down. */
  const withStopped = async (name: string, work: () => Promise<void>): Promise<void> => {
    const department = descendants(hub.launcher.pid ?? 0).find(({ command }) =>
      command.includes(`subgraphs/${name}/dist/main.js`),
    );
    process.kill(department?.pid ?? 0, 'SIGSTOP');
    try {
      await work();
    } finally {
      process.kill(department?.pid ?? 0, 'SIGCONT');
    }
  };

  it('still answers the others, and says what is missing', async () => {
    const token = await hub.token('--role', 'AUDITOR');
    const uscc = /A demo enterprise: (\w{18})/.exec(hub.output())?.[1];
    const query = await operation('enterprise-overview');
    const ready = async (): Promise<{ status: number; text: string }> => {
      const response = await fetch(hub.graph.replace('/graphql', '/health/ready'));
      return { status: response.status, text: await response.text() };
    };
    expect((await ready()).status).toBe(200);

    await withStopped('cases', async () => {
      const { status, data, errors, extensions } = await hub.ask<{ enterprise: Record<string, unknown> }>(query, {
        variables: { uscc },
        token,
      });
      expect(status).toBe(200);
      expect(data?.enterprise).toMatchObject({
        uscc,
        cases: null,
        creditStanding: { grade: expect.any(String) as unknown },
        matchedPolicies: { totalCount: expect.any(Number) as unknown },
      });
      expect(errors).toEqual([
        expect.objectContaining({
          path: ['enterprise', 'cases'],
          extensions: { code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'cases' },
        }),
      ]);
      expect(extensions).toMatchObject({ partial: true, unavailable: ['cases'] });
    });
  });

  it('gives no number that rests on a department that is down', async () => {
    const token = await hub.token('--role', 'AUDITOR');
    const uscc = /A demo enterprise: (\w{18})/.exec(hub.output())?.[1];
    const query =
      '{ enterprise(uscc: "USCC") { name matchedPolicies { totalCount } cases(first: 1) { totalCount } } enterprises(first: 2) { nodes { matchedPolicies { totalCount } } } }'.replace(
        'USCC',
        uscc ?? '',
      );
    const gone = { code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'credit' };

    await withStopped('credit', async () => {
      const { data, errors, extensions } = await hub.ask(query, { token });
      expect(data).toEqual({
        enterprise: {
          name: expect.any(String) as unknown,
          matchedPolicies: null,
          cases: { totalCount: expect.any(Number) as unknown },
        },
        enterprises: { nodes: [{ matchedPolicies: null }, { matchedPolicies: null }] },
      });
      expect(errors).toEqual(
        [
          ['enterprise', 'matchedPolicies'],
          ['enterprises', 'nodes', 0, 'matchedPolicies'],
          ['enterprises', 'nodes', 1, 'matchedPolicies'],
        ].map((path) => expect.objectContaining({ path, extensions: gone }) as unknown),
      );
      expect(extensions).toMatchObject({ partial: true, unavailable: ['credit'] });
    });
  });

  it('without the registry still shows by their keys whom a promise is from and to, and answers other roots', async () => {
    const token = await hub.token('--role', 'AUDITOR');
    await withStopped('enterprises', async () => {
      const { data, extensions } = await hub.ask(
        '{ departments { name } commitments(first: 1) { nodes { id title promisor { code name } enterprise { uscc name } } } caseStatistics(from: "2026-01-01", to: "2026-06-30") { from } }',
        { token },
      );
      expect(data).toMatchObject({
        departments: null,
        commitments: {
          nodes: [
            {
              title: expect.any(String) as unknown,
              promisor: { code: expect.any(String) as unknown, name: expect.any(String) as unknown },
              enterprise: { uscc: expect.any(String) as unknown, name: null },
            },
          ],
        },
        caseStatistics: { from: '2026-01-01' },
      });
      expect(extensions).toMatchObject({ partial: true, unavailable: ['enterprises'] });
    });
  });

  it('ends with code 0 on a signal to end, and leaves no process behind', async () => {
    const processes = descendants(hub.launcher.pid ?? 0);
    expect(processes.length).toBeGreaterThanOrEqual(6); // four departments, the gateway, MongoDB
    expect(await hub.stop()).toBe(0);
    expect(processes.filter(alive)).toEqual([]);
  });

  it('finds its city there when it is started again', async () => {
    const again = await startHub({ enterprises: LOADED_ENTERPRISES, dataDir: hub.dataDir });
    expect(again.output()).not.toContain('Loading the demo city');
    const { data } = await again.ask<{ enterprises: { totalCount: number } }>('{ enterprises { totalCount } }');
    expect(data?.enterprises.totalCount).toBe(LOADED_ENTERPRISES);
    expect(await again.stop()).toBe(0);
  }, 600_000);
});
