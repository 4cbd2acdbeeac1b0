import { duplicateHints, similarity } from '../../../../subgraphs/cases/src/domain/duplicate.js';
import {
  asStored,
  attachmentFaults,
  intakeFaults,
  textFaults,
  TEXT_LIMITS,
  type IntakeInput,
} from '../../../../subgraphs/cases/src/domain/intake.js';
import { isDoubleDrop, opensCheck, ratingFaults } from '../../../../subgraphs/cases/src/domain/satisfaction.js';
import { USCC } from '../../support/a-case.js';

const form = (part: Partial<IntakeInput> = {}): IntakeInput => ({
  title: '银行要求提前还贷',
  text: '贷款到期前两个月银行通知不再续贷。',
  labels: ['续贷'],
  attachments: [],
  region: '421202',
  industry: 'C',
  uscc: USCC,
  enterpriseName: null,
  homeRegion: null,
  contactPhone: '13812345678',
  ...part,
});

describe('an intake form', () => {
  it('is taken when it is in order', () => {
    expect(intakeFaults(form())).toEqual([]);
    expect(
      intakeFaults(form({ uscc: null, enterpriseName: '东莞市咸宁商会贸易有限公司', homeRegion: '441900' })),
    ).toEqual([]);
  });

  it.each([
    ['an empty title', { title: '  ' }, 'title'],
    ['a long title', { title: '长'.repeat(101) }, 'title'],
    ['a text of a million characters', { text: '字'.repeat(1_000_000) }, 'text'],
    ['a null character', { text: '贷款到期\u0000银行不再续贷' }, 'text'],
    ['a bidirectional override', { title: '银行要求\u202e提前还贷' }, 'title'],
    ['half a character', { text: '贷款到期银行不再续贷\ud83d' }, 'text'],
    ['eleven labels', { labels: Array.from({ length: 11 }, (_, i) => `标签${i}`) }, 'labels'],
    ['a region that is no code', { region: '咸安区' }, 'region'],
    ['an industry that is no section', { industry: 'Z' }, 'industry'],
    ['a code with a letter that no code has', { uscc: '9111000060003734IL' }, 'uscc'],
    ['a short code', { uscc: '12345' }, 'uscc'],
    ['an enterprise from elsewhere without its name', { uscc: null, homeRegion: '441900' }, 'enterpriseName'],
    [
      'an enterprise from elsewhere without its region',
      { uscc: null, enterpriseName: '东莞市某贸易有限公司' },
      'homeRegion',
    ],
    ['a telephone number with letters', { contactPhone: 'call me' }, 'contactPhone'],
  ])('with %s is refused at the right field', (_what, part, field) => {
    expect(intakeFaults(form(part)).map((fault) => fault.path[0])).toEqual([field]);
  });

  it.each([
    ['http://example.com/a.pdf'],
    ['javascript:alert(1)'],
    ['https://'],
    ['no link'],
    ['https://user:pw@example.com/'],
    ['https://localhost/a'],
    [`https://example.com/${'a'.repeat(500)}`],
  ])('does not take %s for an attachment', (link) => {
    expect(attachmentFaults([link])).toHaveLength(1);
  });

  it('takes an https link', () => {
    expect(attachmentFaults(['https://files.example.cn/合同.pdf'])).toEqual([]);
  });

  it('counts characters, not code units', () => {
    expect(textFaults('😀'.repeat(TEXT_LIMITS.title), ['title'], { longest: TEXT_LIMITS.title })).toEqual([]);
  });

  it('stores composed text with line feeds', () => {
    expect(asStored(' e\u0301 一\r\n二 ')).toBe('é 一\n二');
  });
});

describe('a rating', () => {
  it.each([
    [5, 5, null, []],
    [3, 3, null, []],
    [2, 5, null, ['reason']],
    [5, 1, '   ', ['reason']],
    [2, 5, '电话无人接听', []],
    [0, 5, null, ['process']],
    [5, 6, null, ['result']],
    [2.5, 4, 'x', ['process']],
    [Number.NaN, 4, 'x', ['process']],
  ])('of process %d, result %d with reason %j has faults at %j', (process, result, reason, at) => {
    expect(ratingFaults({ process, result, reason }).map((fault) => fault.path[0])).toEqual(at);
  });

  it.each([
    [
      0,
      6,
      'x',
      [
        'process: a rating is a whole number from 1 to 5, not 0',
        'result: a rating is a whole number from 1 to 5, not 6',
      ],
    ],
    [1, 1, 'x', []],
    [2, 3, null, ['reason: a rating below 3 needs its reason']],
    [3, 2, '', ['reason: a rating below 3 needs its reason']],
    // What is no grade is said first.
    [0, 2, null, ['process: a rating is a whole number from 1 to 5, not 0']],
  ])('of process %d, result %d with reason %j is answered %j', (process, result, reason, said) => {
    expect(
      ratingFaults({ process, result, reason }).map(({ path, message }) => `${path.join('.')}: ${message}`),
    ).toEqual(said);
  });

  it.each<[string, [number, number, number], [number, number, number], boolean]>([
    ['both fall', [9, 9, 10], [8, 8, 10], true],
    ['process alone falls', [9, 9, 10], [8, 9, 10], false],
    ['result alone falls', [9, 9, 10], [9, 8, 10], false],
    ['neither', [9, 9, 10], [9, 9, 10], false],
    ['the same rates of more ratings', [9, 9, 10], [90, 90, 100], false],
    ['lower rates though higher numbers', [1, 1, 1], [90, 90, 100], true],
    ['higher rates though lower numbers', [90, 90, 100], [1, 1, 1], false],
    ['nobody rated before', [0, 0, 0], [0, 0, 10], false],
    ['nobody has rated now', [9, 9, 10], [0, 0, 0], false],
  ])('alarms where process and result are both lower: %s', (_what, before, now, alarms) => {
    const period = ([satisfiedProcess, satisfiedResult, rated]: [number, number, number]) => ({
      ...{ from: '2026-01-01', satisfiedProcess, satisfiedResult, rated },
    });
    expect(isDoubleDrop(period(before), period(now))).toBe(alarms);
  });

  it('opens a check when either grade is bad', () => {
    expect(
      [
        [3, 3],
        [2, 5],
        [5, 2],
      ].map(([process = 0, result = 0]) => opensCheck({ process, result, reason: 'x' })),
    ).toEqual([false, true, true]);
  });

  it('alarms only when process and result satisfaction both drop', () => {
    const before = { from: '2026-01-01', satisfiedProcess: 9, satisfiedResult: 9, rated: 10 };
    expect(isDoubleDrop(before, { from: '2026-02-01', satisfiedProcess: 17, satisfiedResult: 17, rated: 20 })).toBe(
      true,
    );
    expect(isDoubleDrop(before, { from: '2026-02-01', satisfiedProcess: 17, satisfiedResult: 18, rated: 20 })).toBe(
      false,
    );
    expect(isDoubleDrop(before, { from: '2026-02-01', satisfiedProcess: 0, satisfiedResult: 0, rated: 0 })).toBe(false);
  });
});

describe('the duplicate hint', () => {
  const fresh = {
    receivedOn: '2026-03-02',
    title: '银行要求提前还贷',
    text: '贷款到期前两个月银行通知不再续贷，请协调。',
  };
  const earlier = (caseNumber: string, receivedOn: string, title: string, text: string) => ({
    caseNumber,
    receivedOn,
    title,
    text,
  });

  it('finds the same complaint in other words, and only lately', () => {
    const hints = duplicateHints(fresh, [
      earlier('SAME', '2026-02-20', '银行要求提前还贷款', '贷款到期前两个月，银行通知不再续贷，请予协调！'),
      earlier('OLD', '2025-11-01', fresh.title, fresh.text),
      earlier('LATER', '2026-03-03', fresh.title, fresh.text),
      earlier('OTHER', '2026-02-20', '厂区门口道路破损', '货车进出困难，请尽快维修道路。'),
    ]);
    expect(hints.map((hint) => hint.caseNumber)).toEqual(['SAME']);
  });

  it('is one for equal texts, nought for different ones or none', () => {
    expect([similarity('续贷难', '续贷难'), similarity('续贷难', '道路破损'), similarity('', '续贷')]).toEqual([
      1, 0, 0,
    ]);
  });
});
