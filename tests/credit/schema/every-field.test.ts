import { typeDefs } from '../../../subgraphs/credit/src/server.js';
import { sealLedger } from '../../../subgraphs/credit/src/usecases/seal-ledger.js';
import { unanswered } from '../../support/every-field.js';
import { auditor, creditOfDemoCity, type CreditUnderTest } from '../support/credit-under-test.js';

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditOfDemoCity(import.meta.url, 600);
  await sealLedger({ stores: credit.department.stores, cutoff: '2026-11-19T16:00:00.000Z' });
});
afterAll(async () => credit.close());

const ask = async (query: string) => credit.ask<{ value: unknown }>(query, { actor: auditor });
const around = (selection: string): string => `{ value: commitments(first: 200) { nodes ${selection} } }`;

describe('every declared field of a commitment', () => {
  it('is answered when it alone is asked for', async () => {
    expect(
      await unanswered({
        typeDefs,
        type: 'Commitment',
        ask,
        around,
        empty: {
          auditMatters: 'the demo city has none',
          legalMoves: 'an auditor writes nothing to the ledger',
          provenance: 'no promise of the demo city was delivered by another system',
        },
      }),
    ).toEqual([]);
  });

  it('is answered of a summary from before the field, which is not made again yet', async () => {
    const later = ['projectId', 'document', 'deliverable', 'dueOn', 'conditions', 'predecessors'];
    await credit.database.connection
      .collection('commitments')
      .updateMany({}, { $unset: Object.fromEntries(later.map((field) => [field, ''])) });
    const { data, errors } = await ask(
      around(
        '{ project { id } document { number } deliverable dueOn daysOverdue ageing conditions { no } predecessors { post } }',
      ),
    );
    expect(errors).toBeUndefined();
    expect((data?.value as { nodes: unknown[] }).nodes[0]).toEqual({
      project: null,
      document: null,
      deliverable: null,
      dueOn: null,
      daysOverdue: 0,
      ageing: null,
      conditions: [],
      predecessors: [],
    });
  });
});
