import { rebuildViews } from '../../../subgraphs/cases/src/usecases/rebuild.js';
import { accepted, aHistory, assigned } from '../support/a-case.js';
import { casesUnderTest, type CasesUnderTest } from '../support/cases-under-test.js';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
});
beforeEach(async () => {
  await cases.empty();
  await cases.given(
    ...[1, 2, 3, 4].map((n) =>
      aHistory(
        '2026-03-02',
        [
          ['2026-03-03', assigned()],
          ['2026-03-04', accepted],
        ],
        {},
        `SQ2026-00000${n}`,
      ),
    ),
  );
});
afterAll(async () => cases.close());

const rebuild = async (checkOnly = false) =>
  rebuildViews({ stores: cases.stores, calendar: cases.calendar, checkOnly });
const views = () => cases.connection.collection('cases');

describe('rebuilding the views', () => {
  it('finds nothing where nothing is wrong', async () => {
    expect(await rebuild()).toEqual([]);
  });

  it('reports and puts right what was changed, lost, or never had a history', async () => {
    const whole = await views()
      .find({}, { projection: { _id: 0 } })
      .sort({ caseNumber: 1 })
      .toArray();
    await views().updateOne(
      { caseNumber: 'SQ2026-000001' },
      { $set: { status: 'CLOSED', 'complainant.contactName': '别人', extra: 1 } },
    );
    await views().deleteOne({ caseNumber: 'SQ2026-000002' });
    await views().insertOne({ caseNumber: 'SQ2026-000099', status: 'RECEIVED', version: 1 });
    const found = [
      { caseNumber: 'SQ2026-000001', kind: 'DIFFERENT', fields: ['complainant', 'extra', 'status'] },
      { caseNumber: 'SQ2026-000002', kind: 'MISSING', fields: [] },
      { caseNumber: 'SQ2026-000099', kind: 'ORPHAN', fields: [] },
    ];
    expect(await rebuild(true)).toEqual(found);
    expect(await rebuild()).toEqual(found);
    expect(await rebuild()).toEqual([]);
    expect(
      await views()
        .find({}, { projection: { _id: 0 } })
        .sort({ caseNumber: 1 })
        .toArray(),
    ).toEqual(whole);
  });

  it('leaves a broken history alone and says so', async () => {
    await cases.connection.collection('case_events').deleteOne({ caseNumber: 'SQ2026-000003', seq: 2 });
    expect(await rebuild()).toEqual([{ caseNumber: 'SQ2026-000003', kind: 'BROKEN', fields: [] }]);
    expect(await views().findOne({ caseNumber: 'SQ2026-000003' })).toMatchObject({ status: 'ACCEPTED' });
  });
});
