import type { Author, CaseChange, CaseEvent, Intake } from '../../../../subgraphs/cases/src/domain/case-event.js';
import {
  knewWhoBroughtIt,
  maskedBy,
  withoutAbsorbed,
} from '../../../../subgraphs/cases/src/domain/persons/known-writers.js';
import { accepted, aHistory, anAssignment, anAuthor, anIntake, assigned, contacted } from '../../support/a-case.js';

/*
 * Who of a case's writers knew who brought it. GSL is the desk that took it down, JRB leads, RSJ assists, SCJGJ checks,
 * and CZJ comes into it later.
 */
const DAY = '2026-03-12';
const ANONYMOUS = { ...anIntake().complainant, anonymous: true };
const became: CaseChange = { type: 'CORRECTED', correction: { anonymous: true }, reason: '企业要求匿名' };
const inHand = assigned({ assisting: ['RSJ'] });
const toCzj: CaseChange = { type: 'TRANSFERRED', assignment: anAssignment({ lead: 'CZJ' }) };
const noted: CaseChange = { type: 'NOTED', note: '恒达的李厂长来电催办' };

const takenDownBy = (sub: string, history: readonly CaseEvent[]): CaseEvent[] =>
  history.map((event, at) => (at === 0 ? { ...event, by: anAuthor('DESK', { sub, department: 'GSL' }) } : event));
const history = (changes: readonly CaseChange[], intake: Partial<Intake> = {}): CaseEvent[] =>
  takenDownBy(
    'desk-1',
    aHistory(
      DAY,
      changes.map((change) => [DAY, change] as const),
      { receivedBy: 'GSL', ...intake },
    ),
  );
const of = (party: Author['party'], department: string | null, part: Partial<Author> = {}): Author =>
  anAuthor(party, { department, ...part });

/** Whether the author knew, of a note that he writes at the end. */
const knew = (before: readonly CaseEvent[], by: Author, joined: readonly (readonly CaseEvent[])[] = []): boolean => {
  const [last] = aHistory(DAY);
  if (last === undefined) throw new Error('A history has a beginning.');
  const all = [...before, { ...last, seq: before.length + 1, by, change: noted }];
  return knewWhoBroughtIt(all, before.length, joined);
};

describe('a case that was anonymous from the start', () => {
  const secret = history([inHand, accepted, contacted], { complainant: ANONYMOUS });

  it.each<[string, Author, boolean]>([
    ['the enterprise', of('ENTERPRISE', null), true],
    ['the coordinator', of('COORDINATOR', 'YSB'), true],
    ['the account that took it down', of('DESK', 'GSL', { sub: 'desk-1' }), true],
    ['another account of that desk', of('DESK', 'GSL', { sub: 'desk-2' }), false],
    ['the department that leads', of('LEAD', 'JRB'), false],
    ['somebody of it who is the coordinator as well', of('LEAD', 'JRB', { knewWho: true }), true],
    ['a department that assists', of('ASSISTING', 'RSJ'), false],
    ['a team that checks', of('CHECKER', 'SCJGJ'), false],
    ['the auditor', of('AUDITOR', null), false],
  ])('%s', (_who, by, isKnown) => expect(knew(secret, by)).toBe(isKnown));

  it.each<CaseChange>([
    { type: 'SUPPLEMENTED', text: '补充', attachments: [] },
    { type: 'ABSORBED', from: 'SQ2026-000002', title: '再次反映', text: '再次反映' },
  ])('words of the enterprise are its own, whoever took them down: $type', (change) => {
    const [first] = aHistory(DAY);
    if (first === undefined) throw new Error('A history has a beginning.');
    const all = [...secret, { ...first, seq: 5, by: of('DESK', 'GSL', { sub: 'desk-2' }), change }];
    expect(knewWhoBroughtIt(all, 4)).toBe(true);
    expect(knewWhoBroughtIt(all, 0)).toBe(true);
  });

  it('is known to the account that took down another case of it', () => {
    const other = takenDownBy('desk-2', history([], { complainant: ANONYMOUS }));
    expect(knew(secret, of('DESK', 'GSL', { sub: 'desk-2' }), [other])).toBe(true);
    expect(knew(secret, of('DESK', 'GSL', { sub: 'desk-3' }), [other])).toBe(false);
    // Whoever wrote something else first did not take it down from its mouth.
    const byPortal = aHistory(DAY, [], { complainant: ANONYMOUS });
    expect(knew(secret, of('DESK', 'GSL', { sub: 'test-system' }), [byPortal])).toBe(false);
  });
});

describe('a case that became anonymous later', () => {
  const turned = history([inHand, accepted, became, toCzj, accepted]);

  it.each<[string, Author, boolean]>([
    ['another account of the desk that had it', of('DESK', 'GSL', { sub: 'desk-2' }), true],
    ['the department that led', of('LEAD', 'JRB'), true],
    ['the department that assisted', of('ASSISTING', 'RSJ'), true],
    ['the auditor, who reads every named case', of('AUDITOR', null), true],
    ['the department that has it since', of('LEAD', 'CZJ'), false],
    ['a team that was named since', of('CHECKER', 'SCJGJ'), false],
    ['somebody of no department', of('LEAD', null), false],
  ])('%s', (_who, by, isKnown) => expect(knew(turned, by)).toBe(isKnown));

  it('was known to whoever wrote into it while it was a named one', () => {
    const words = turned.map((event, at) => (at === 3 ? event : { ...event, by: of('LEAD', 'JRB') }));
    expect(words.map((_event, at) => knewWhoBroughtIt(words, at)).slice(0, 3)).toEqual([true, true, true]);
  });

  it('was known to the team that checked it while it was a named one', () => {
    const checked = history([
      inHand,
      accepted,
      contacted,
      { type: 'RESOLVED', answer: '已办理' },
      { type: 'CHECK_OPENED', cause: 'SPOT_CHECK', drawId: 'draw-1', team: ['SCJGJ'] },
      { type: 'CHECK_FOUND', outcome: 'NOT_RESOLVED', finding: '未办理', answerDays: 5 },
      became,
    ]);
    expect(knew(checked, of('CHECKER', 'SCJGJ'))).toBe(true);
    expect(knew(checked, of('CHECKER', 'CZJ'))).toBe(false);
  });
});

it('a case that was never anonymous is known to every department that has had it', () => {
  const named = history([inHand, accepted, toCzj]);
  expect(knew(named, of('LEAD', 'CZJ'))).toBe(true);
  expect(knew(named, of('LEAD', 'JRB'))).toBe(true);
  expect(knew(named, of('LEAD', 'SCJGJ'))).toBe(false);
});

it('words that no change of the history has are masked by what is known', () => {
  expect(knewWhoBroughtIt(history([], { complainant: ANONYMOUS }), -1)).toBe(true);
  expect(knewWhoBroughtIt([], 0)).toBe(true);
});

describe('words of two cases of one enterprise that were joined', () => {
  const contact = { uscc: null, name: null, contactName: '赵六', contactPhone: null } as const;
  const absorbed: CaseChange = {
    ...{ type: 'ABSORBED', from: 'SQ2026-000002', title: '再次反映', text: '再次反映', contacts: [contact] },
  };
  const taken = (sub: string, changes: readonly CaseChange[], caseNumber = 'SQ2026-000001'): CaseEvent[] =>
    takenDownBy(
      sub,
      aHistory(
        DAY,
        changes.map((change) => [DAY, change] as const),
        { complainant: ANONYMOUS },
        caseNumber,
      ),
    );
  const other = taken('desk-2', [], 'SQ2026-000002');
  const noteOf = (by: Author): CaseEvent[] =>
    taken('desk-1', [noted]).map((event, at) => (at === 1 ? { ...event, by } : event));

  it.each<[string, readonly CaseEvent[], number, boolean[]]>([
    ['what a desk took down, by its own alone', taken('desk-1', []), 0, [true, false]],
    ['what the account wrote later', noteOf(of('DESK', 'GSL', { sub: 'desk-1' })), 1, [true, false]],
    ['what that of the other wrote here', noteOf(of('DESK', 'GSL', { sub: 'desk-2' })), 1, [false, true]],
    ['what the coordinator wrote, by both', noteOf(of('COORDINATOR', 'YSB', { sub: 'desk-1' })), 1, [true, true]],
    ['what another account wrote', noteOf(of('DESK', 'GSL', { sub: 'desk-3' })), 1, [true, true]],
    ['what goes on here, by that alone', taken('desk-1', [absorbed]), 1, [false, true]],
    [
      'what goes on here in the coordinator’s words, by both',
      taken('desk-1', [{ ...absorbed, wording: { title: '反映', text: '反映' } }]),
      1,
      [true, true],
    ],
    ['what the enterprise wrote itself, by both', aHistory(DAY, [], { complainant: ANONYMOUS }), 0, [true, true]],
  ])('are masked: %s', (_what, own, at, expected) => expect(maskedBy([own, other], at)).toEqual(expected));

  it('are masked by both where one that the enterprise brought itself goes on in one of a desk', () => {
    const byPortal = aHistory(DAY, [], { complainant: ANONYMOUS }, 'SQ2026-000002');
    expect(maskedBy([taken('desk-1', [absorbed]), byPortal], 1)).toEqual([true, true]);
  });

  it('who brought the one is told without who brought the other, once for each time that it came', () => {
    const complainant = { ...ANONYMOUS, formerly: [contact, { ...contact, contactName: '孙七' }] };
    expect(withoutAbsorbed(complainant, taken('desk-1', [absorbed])).formerly).toEqual([
      { ...contact, contactName: '孙七' },
    ]);
    expect(withoutAbsorbed(complainant, taken('desk-1', []))).toBe(complainant);
    expect(withoutAbsorbed(ANONYMOUS, taken('desk-1', [absorbed]))).toBe(ANONYMOUS);
    // It was taken down for that one by mistake as well.
    const twice = { ...ANONYMOUS, formerly: [contact, contact] };
    expect(withoutAbsorbed(twice, taken('desk-1', [absorbed])).formerly).toEqual([contact, contact]);
  });
});
