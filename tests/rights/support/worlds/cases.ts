import { aHistory, assigned, USCC } from '../../../cases/support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../../../cases/support/cases-under-test.js';
import type { World } from '../world.js';

/** Appeals with one case, handled by JRB, of the enterprise `USCC`. */
export async function casesWorld(file: string): Promise<World & { readonly cases: CasesUnderTest }> {
  const cases = await casesUnderTest(file);
  const files = [{ id: 'F-1', name: '合同.pdf', kind: 'PDF', bytes: 8, sha256: '00' }] as const;
  await cases.given(aHistory('2026-03-02', [['2026-03-03', assigned()]], { files }, 'SQ2026-000001'));
  const { admin, auditor, coordinator, officer, owner, stranger } = people;
  return {
    cases,
    callers: {
      nobody: null,
      'enterprise, own': owner,
      'enterprise, another': stranger,
      'officer, concerned': officer('JRB'),
      'officer, another': officer('RSJ'),
      'officer, bank': officer('RMYH'),
      'officer, no such department': officer('GHOST'),
      coordinator,
      auditor,
      admin,
      service: { sub: 'machine', roles: ['SERVICE'], department: 'YSB' },
      'service, another': { sub: 'machine-2', roles: ['SERVICE'], department: 'TJJ' },
    },
    keys: { Enterprise: { found: USCC, none: stranger.uscc }, Case: { found: 'SQ2026-000001', none: 'SQ2026-999999' } },
    ask: async (query, variables, actor) => cases.ask<unknown>(query, variables, actor),
    close: async () => cases.close(),
  };
}
