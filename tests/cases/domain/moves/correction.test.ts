import type { Correction, Party } from '../../../../subgraphs/cases/src/domain/case-event.js';
import type { CaseView } from '../../../../subgraphs/cases/src/domain/case-view.js';
import { correctionFault } from '../../../../subgraphs/cases/src/domain/moves/correction.js';
import { accepted, aCase, anIntake, assigned, returned, USCC, type Happening } from '../../support/a-case.js';

const DAY = '2026-03-02';
const OTHER_USCC = '91421200MA49CJW12E';
const complainant = anIntake().complainant;
const atDesk = (part: Partial<ReturnType<typeof anIntake>> = {}, happenings: readonly Happening[] = []): CaseView =>
  aCase(DAY, happenings, { receivedBy: 'ZWB', ...part });
const pathOf = (view: CaseView, correction: Correction, parties: readonly Party[] = ['DESK']) =>
  correctionFault(view, correction, parties)?.path ?? null;

const EVERYTHING: readonly [keyof Correction, Correction][] = [
  ['kind', { kind: 'COMPLAINT' }],
  ['region', { region: '421221' }],
  ['industry', { industry: 'F' }],
  ['title', { title: '银行抽贷' }],
  ['text', { text: '银行要求提前还清全部贷款' }],
  ['uscc', { uscc: OTHER_USCC }],
  ['contactName', { contactName: '李四' }],
  ['contactPhone', { contactPhone: null }],
  ['project', { project: 'XM-2' }],
  ['labels', { labels: ['续贷'] }],
  ['anonymous', { anonymous: true }],
];
const names = (view: CaseView, parties: readonly Party[]) =>
  EVERYTHING.filter(([name, correction]) => pathOf(view, correction, parties) === name).map(([name]) => name);

describe('a correction of what a desk took down', () => {
  it.each<[string, readonly Happening[]]>([
    ['no department has it yet', []],
    [
      'a department returned it',
      [
        [DAY, assigned()],
        [DAY, returned],
      ],
    ],
    [
      'it waits for a ruling',
      [assigned(), returned, assigned(), returned, assigned(), returned].map((change) => [DAY, change] as const),
    ],
  ])('may change everything while %s', (_when, happenings) => {
    expect(names(atDesk({}, happenings), ['DESK'])).toEqual([]);
  });

  it.each<[string, readonly Happening[]]>([
    ['assigned', [[DAY, assigned()]]],
    [
      'accepted',
      [
        [DAY, assigned()],
        [DAY, accepted],
      ],
    ],
  ])('may not change what figures count by once the case is %s', (_status, happenings) => {
    expect(names(atDesk({}, happenings), ['DESK'])).toEqual(['kind', 'region', 'industry']);
    expect(names(atDesk({}, happenings), ['COORDINATOR'])).toEqual(['kind', 'region', 'industry']);
    expect(correctionFault(atDesk({}, happenings), { region: '421221' }, ['DESK'])).toMatchObject({
      path: 'region',
      message: 'is put right before a department has the case, because figures count by it',
    });
  });

  it('leaves to the enterprise what it wrote itself, for whoever corrects', () => {
    const own = aCase(DAY);
    for (const party of ['DESK', 'COORDINATOR'] as const)
      expect(names(own, [party])).toEqual(['title', 'text', 'uscc', 'contactName', 'contactPhone']);
    expect(correctionFault(own, { text: '银行要求提前还清全部贷款' }, ['DESK'])).toMatchObject({
      path: 'text',
      message: 'is what the enterprise said itself; it adds to it (supplementCase)',
    });
  });

  it('leaves to the coordinator who brought an anonymous case, so that nobody finds it out by trying', () => {
    const anonymous = atDesk({ complainant: { ...complainant, anonymous: true } });
    expect(names(anonymous, ['DESK'])).toEqual([
      // Its words, too: they are read masked by who it is.
      'title',
      'text',
      'uscc',
      'contactName',
      'contactPhone',
      'project',
      'labels',
    ]);
    expect(names(anonymous, ['DESK', 'COORDINATOR'])).toEqual([]);
    expect(correctionFault(anonymous, { project: 'XM-2' }, ['DESK', 'LEAD'])).toMatchObject({
      path: 'project',
      message: 'is for the coordinator to put right: the case was brought anonymously',
    });
  });

  it('gives no code to a case of an enterprise registered elsewhere', () => {
    const elsewhere = atDesk({
      complainant: { ...complainant, uscc: null, name: '东莞咸商科技有限公司', homeRegion: '441900' },
    });
    expect(names(elsewhere, ['DESK'])).toEqual(['uscc']);
    expect(correctionFault(elsewhere, { uscc: OTHER_USCC }, ['COORDINATOR'])).toMatchObject({
      path: 'uscc',
      message: 'the case was brought by an enterprise registered elsewhere',
    });
  });
});

describe('a corrected case', () => {
  const corrected = (correction: Correction, part: Partial<ReturnType<typeof anIntake>> = {}): CaseView =>
    atDesk(part, [['2026-03-03', { type: 'CORRECTED', correction, reason: '登记有误' }]]);

  it('has what was put right, and the rest as it was', () => {
    expect(corrected({ title: '银行抽贷', labels: ['续贷'], region: '421221' })).toMatchObject({
      ...{
        title: '银行抽贷',
        labels: ['续贷'],
        region: '421221',
        text: anIntake().text,
        industry: 'C',
        kind: 'APPEAL',
      },
      complainant,
      ...{ status: 'RECEIVED', version: 2 },
    });
    expect(corrected({ title: '银行抽贷' }).complainant).toEqual(complainant);
  });

  it('remembers whom the desk took to have brought it', () => {
    const formerly = [{ uscc: USCC, name: null, contactName: '张三丰', contactPhone: '13812345678' }];
    expect(corrected({ uscc: OTHER_USCC }).complainant).toEqual({ ...complainant, uscc: OTHER_USCC, formerly });
    expect(corrected({ contactName: '李四' }).complainant).toEqual({ ...complainant, contactName: '李四', formerly });
    expect(corrected({ contactName: null }).complainant).toEqual({ ...complainant, contactName: null, formerly });
    expect(corrected({ uscc: USCC, contactName: '张三丰' }).complainant).toEqual(complainant);
    expect(corrected({ contactPhone: '13900000000', anonymous: true }).complainant).toEqual({
      ...complainant,
      ...{ contactPhone: '13900000000', anonymous: true, formerly },
    });
    expect(corrected({ contactPhone: null }).complainant).toEqual({ ...complainant, contactPhone: null, formerly });
    expect(corrected({ contactPhone: '13812345678', anonymous: true }).complainant).toEqual({
      ...complainant,
      anonymous: true,
    });
  });

  it('remembers each of them, in order', () => {
    const view = atDesk({}, [
      ['2026-03-03', { type: 'CORRECTED', correction: { contactName: '李四' }, reason: '登记有误' }],
      ['2026-03-04', { type: 'CORRECTED', correction: { uscc: OTHER_USCC }, reason: '登记有误' }],
    ]);
    expect(view.complainant.formerly).toEqual([
      { uscc: USCC, name: null, contactName: '张三丰', contactPhone: '13812345678' },
      { uscc: USCC, name: null, contactName: '李四', contactPhone: '13812345678' },
    ]);
  });

  it('concerns a project no more that was another enterprise’s, unless the right one is named with it', () => {
    expect(corrected({ uscc: OTHER_USCC }, { project: 'XM-1' }).project).toBeNull();
    expect(corrected({ uscc: OTHER_USCC, project: 'XM-2' }, { project: 'XM-1' }).project).toBe('XM-2');
    expect(corrected({ uscc: USCC }, { project: 'XM-1' }).project).toBe('XM-1');
    expect(corrected({ title: '银行抽贷' }, { project: 'XM-1' }).project).toBe('XM-1');
  });
});
