import { nationalCalendar } from '@zhitong/kit';
import { demoCity } from '@zhitong/demo';
import { demoCases } from '../../../subgraphs/cases/src/demo/demo-cases.js';
import { typeDefs } from '../../../subgraphs/cases/src/server.js';
import { unanswered } from '../../support/every-field.js';
import { accepted, aHistory, anIntake, assigned } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

const TODAY = '2026-11-20';
let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, TODAY);
  // What no case of the demo city has: more time asked for, a referral, the coordinator's words, two that say the same.
  const handled = [
    ['2026-11-17', assigned()],
    ['2026-11-17', accepted],
  ] as const;
  const rare = [
    aHistory(
      '2026-11-16',
      [...handled, ['2026-11-18', { type: 'EXTENSION_REQUESTED', workingDays: 3, reason: '需要现场核查' }]],
      {},
      'SQ2026-900001',
    ),
    aHistory(
      '2026-11-16',
      [...handled, ['2026-11-18', { type: 'WORDED', title: '续贷困难', text: '贷款到期，银行不再续贷。' }]],
      { complainant: { ...anIntake().complainant, anonymous: true } },
      'SQ2026-900003',
    ),
    aHistory(
      '2026-11-17',
      [
        ...handled,
        [
          '2026-11-18',
          {
            type: 'REFERRED',
            referralId: 'R1',
            department: 'JWJW',
            reason: '推诿',
            evidence: ['https://evidence.example/1'],
          },
        ],
      ],
      {},
      'SQ2026-900002',
    ),
  ];
  rare.push(
    aHistory(
      '2026-11-16',
      [
        ['2026-11-16', { type: 'NOTED', note: '注意时限' }],
        ['2026-11-16', { type: 'ABSORBED', from: 'SQ2026-900006', title: '再次反映', text: '同一事项' }],
        ['2026-11-16', { type: 'SPLIT', into: 'SQ2026-900007', reason: '两件事' }],
        ['2026-11-16', { type: 'DECLINED', competent: '武汉海关', reason: '属海关职权' }],
      ],
      {},
      'SQ2026-900004',
    ),
    aHistory(
      '2026-11-16',
      [['2026-11-16', { type: 'MERGED', into: 'SQ2026-900004', reason: '同一事项' }]],
      {},
      'SQ2026-900006',
    ),
    aHistory(
      '2026-11-16',
      [
        [
          '2026-11-17',
          {
            type: 'EVALUATED',
            settlement: 'SETTLED',
            cause: 'POLICY',
            isCommon: true,
            measure: null,
            note: '口径已统一',
          },
        ],
      ],
      {
        splitFrom: 'SQ2026-900004',
        project: 'XN-2026-0007',
        raisedAt: 'm-1',
        files: [{ id: 'f-1', name: '情况说明.pdf', kind: 'PDF', bytes: 8, sha256: '00' }],
        serviceItem: { id: 'ZZ-SPJY', promisedHalfDays: 5 },
        actualTime: { halfDays: 8, askedOn: null, hadOn: null },
      },
      'SQ2026-900007',
    ),
  );
  await cases.given(
    ...rare,
    ...demoCases({ city: demoCity({ referenceDate: TODAY, enterprises: 400 }), calendar: nationalCalendar() }),
  );
  await cases.stores.meetings.addMissing([
    {
      id: 'm-1',
      version: 2,
      kind: 'MONTHLY_JOINT_MEETING',
      date: '2026-11-19',
      title: '十一月联席会议',
      chairedBy: '分管副市长',
      agenda: ['SQ2026-900001'],
      decisions: [],
      plannedBy: 'coordinator-1',
    },
  ]);
});
afterAll(async () => cases.close());

const ask = async (query: string) => cases.ask<{ value: unknown }>(query, {}, people.coordinator);

describe('every declared field of a case', () => {
  it('is answered when it alone is asked for', async () => {
    expect(
      await unanswered({
        typeDefs,
        type: 'Case',
        ask,
        around: (selection) => `{ value: cases(first: 200) { nodes ${selection} } }`,
        empty: {
          calendarMissingFrom: 'the calendar reaches every due day',
          provisionalDueOn: 'the calendar reaches every due day',
          provenance: 'no case of the demo city was delivered by another system',
        },
      }),
    ).toEqual([]);
  });

  it('is answered of a record from before the field, which is not rebuilt yet', async () => {
    const later = [
      'labels',
      'attachments',
      'keywords',
      'supplements',
      'checks',
      'referrals',
      'industry',
      'assignedOn',
      'firstContactOn',
      'question',
      'pendingExtension',
      'answer',
      'resolvedOn',
      'rating',
      'closedOn',
      'supervision',
      'answeredDirectly',
      'returns',
      'extendedBy',
      'reopenings',
      'urges',
      'escalation',
      'origin',
    ];
    await cases.connection
      .collection('cases')
      .updateMany({}, { $unset: Object.fromEntries(later.map((field) => [field, ''])) });
    const { data, errors } = await ask(
      '{ value: cases(first: 3) { nodes { labels attachments supplements { text } checks { outcome } referrals { id } industrySection assignedOn answer rating { process } returns urges escalation origin answeredDirectly updatedAt version } } }',
    );
    expect(errors).toBeUndefined();
    expect((data?.value as { nodes: unknown[] }).nodes[0]).toMatchObject({
      labels: [],
      attachments: [],
      supplements: [],
      checks: [],
      referrals: [],
      industrySection: null,
      assignedOn: null,
      answer: null,
      rating: null,
      returns: 0,
      urges: 0,
      escalation: 'NONE',
      origin: 'LOCAL',
      answeredDirectly: false,
    });
  });
});
