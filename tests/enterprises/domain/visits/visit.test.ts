import {
  dayFaults,
  findingFaults,
  officialFaults,
  visitTextFaults,
  type StatedFinding,
} from '../../../../subgraphs/enterprises/src/domain/visits/visit.js';

const lines = (faults: readonly { path: readonly string[]; message: string }[]): string[] =>
  faults.map(({ path, message }) => `${path.join('.')}: ${message}`);
const finding = (part: Partial<StatedFinding> = {}): StatedFinding => ({
  title: '用电增容',
  text: '变压器容量不足',
  handling: 'SETTLED_ON_THE_SPOT',
  dueOn: null,
  service: '已答复',
  ...part,
});
const FIVE = '用电要增容';

describe('a text of a visit', () => {
  it.each([
    ['title', 5, 100],
    ['text', 5, 5_000],
    ['service', 2, 500],
    ['met', 1, 100],
    ['summary', 2, 2_000],
  ] as const)('%s has %d to %d characters, and is told how many it has', (kind, least, most) => {
    const faultsOf = (length: number): string[] => lines(visitTextFaults('字'.repeat(length), kind, ['visit', kind]));
    expect([faultsOf(least), faultsOf(most)]).toEqual([[], []]);
    for (const length of [least - 1, most + 1])
      expect(faultsOf(length)).toEqual([
        `visit.${kind}: has ${String(length)} characters; it needs ${String(least)} to ${String(most)}`,
      ]);
  });

  it('is measured without the white space around it, a rare character as one', () => {
    expect(lines(visitTextFaults('  四个汉字  ', 'title', ['title']))).toEqual([
      'title: has 4 characters; it needs 5 to 100',
    ]);
    expect(visitTextFaults('𠮷'.repeat(100), 'met', ['met'])).toEqual([]);
  });
});

describe('those who visit', () => {
  const people = (count: number): string[] => Array.from({ length: count }, (_none, at) => `GB-${String(at)}`);

  it('are 1 to 20, each named once', () => {
    expect([officialFaults(people(1)), officialFaults(people(20))]).toEqual([[], []]);
    expect(lines(officialFaults([]))).toEqual(['officials: has 0 entries; a visit is made by 1 to 20']);
    expect(lines(officialFaults(people(21)))).toEqual(['officials: has 21 entries; a visit is made by 1 to 20']);
    expect(lines(officialFaults(['GB-1', 'GB-2', 'GB-1']))).toEqual(['officials: names somebody twice']);
  });
});

describe('a problem found on a visit', () => {
  const faultsOf = (...findings: StatedFinding[]): string[] => lines(findingFaults(findings));
  const well = finding({ title: FIVE, text: FIVE });

  it('is one of twenty at most', () => {
    expect(faultsOf()).toEqual([]);
    expect(faultsOf(...Array.from({ length: 20 }, () => well))).toEqual([]);
    expect(faultsOf(...Array.from({ length: 21 }, () => well))).toEqual(['findings: has 21 entries; 20 at most']);
  });

  it.each<[string, Partial<StatedFinding>, string[]]>([
    ['settled on the spot, with what was done', {}, []],
    ['settled, and nobody says how', { service: null }, ['service: say what was done, or what service is given']],
    ['settled by one character', { service: '办' }, ['service: has 1 characters; it needs 2 to 500']],
    [
      'settled, with a day',
      { dueOn: '2026-04-01' },
      ['dueOn: a finding that is SETTLED_ON_THE_SPOT has no day of its own'],
    ],
    ['on the service list with its day', { handling: 'SERVICE_LIST', dueOn: '2026-04-01' }, []],
    [
      'on the service list without a day or a service',
      { handling: 'SERVICE_LIST', service: null },
      [
        'service: say what was done, or what service is given',
        'dueOn: a service on the list has a day by which it is given',
      ],
    ],
    ['made a case, which says itself what is done', { handling: 'CASE', service: null }, []],
    ['made a case with a word on it of any length', { handling: 'CASE', service: '办' }, []],
    [
      'made a case with a day',
      { handling: 'CASE', service: null, dueOn: '2026-04-01' },
      ['dueOn: a finding that is CASE has no day of its own'],
    ],
    [
      'without a title or a text',
      { title: '', text: '四个汉字' },
      ['title: has 0 characters; it needs 5 to 100', 'text: has 4 characters; it needs 5 to 5000'],
    ],
  ])('%s', (_what, part, expected) => {
    expect(faultsOf(well, { ...well, ...part })).toEqual(expected.map((line) => `findings.1.${line}`));
  });
});

describe('the days of a visit', () => {
  const campaign = { from: '2026-03-01', until: '2026-03-31' };
  const faultsOf = (
    visitedOn: string,
    { today = '2026-06-15', within = campaign }: { today?: string; within?: typeof campaign | null } = {},
  ) => lines(dayFaults({ visitedOn, findings: [] }, { today, campaign: within }));

  it.each([
    ['2026-03-01', []],
    ['2026-03-31', []],
    ['2026-02-28', ['visitedOn: 2026-02-28 is outside the campaign, which runs from 2026-03-01 to 2026-03-31']],
    ['2026-04-01', ['visitedOn: 2026-04-01 is outside the campaign, which runs from 2026-03-01 to 2026-03-31']],
  ])('%s within the campaign of March: %j', (visitedOn, expected) => expect(faultsOf(visitedOn)).toEqual(expected));

  it('are any day that has come, without a campaign', () => {
    expect(faultsOf('2026-06-15', { within: null })).toEqual([]);
    expect(faultsOf('2020-01-01', { within: null })).toEqual([]);
    expect(faultsOf('2026-06-16', { within: null })).toEqual([
      'visitedOn: 2026-06-16 has not come yet: today is 2026-06-15',
    ]);
    expect(faultsOf('2026-03-02', { today: '2026-03-01' })).toEqual([
      'visitedOn: 2026-03-02 has not come yet: today is 2026-03-01',
    ]);
  });

  it('promise no service for a day that has passed', () => {
    const due = (...days: (string | null)[]) =>
      lines(
        dayFaults(
          { visitedOn: '2026-03-10', findings: days.map((dueOn) => finding({ dueOn })) },
          { today: '2026-03-10', campaign: null },
        ),
      );
    expect(due('2026-03-10', null, '2026-03-11')).toEqual([]);
    expect(due(null, '2026-03-09')).toEqual(['findings.1.dueOn: 2026-03-09 has passed: today is 2026-03-10']);
  });
});
