import { honourDays, honourFacts } from '../../../subgraphs/enterprises/src/domain/honour-facts.js';
import { factsVersions, versionOn } from '../../../subgraphs/enterprises/src/domain/facts-version.js';

const HIGH_TECH = '高新技术企业';
const GAZELLE = '瞪羚企业';
const award = (title: string, awardedOn: string, firstTime: boolean, validTo: string | null = null) => ({
  title,
  awardedOn,
  validTo,
  firstTime,
});

describe('what policies ask of titles', () => {
  it('is asked of the title that is meant: recognised first, while another was renewed later', () => {
    const held = [award(HIGH_TECH, '2026-03-01', true), award(GAZELLE, '2026-09-01', false)];
    expect(honourFacts(held, '2026-11-29')).toEqual({
      honours: [HIGH_TECH, GAZELLE],
      firstTimeHonours: [HIGH_TECH],
      honoursOfThisYear: [HIGH_TECH, GAZELLE],
      honoursOfLastYear: [],
      honourFirstTime: false,
      titles: [
        { title: HIGH_TECH, firstTime: true, awardedOn: '2026-03-01' },
        { title: GAZELLE, firstTime: false, awardedOn: '2026-09-01' },
      ],
    });
  });

  it('goes by the newest award of each title that holds on the day', () => {
    const held = [
      award(HIGH_TECH, '2022-11-01', true, '2025-10-31'),
      award(HIGH_TECH, '2025-10-20', false, '2028-10-19'),
      award(HIGH_TECH, '2027-01-05', true),
    ];
    const on = (day: string) => {
      const { firstTimeHonours, honoursOfThisYear, honoursOfLastYear } = honourFacts(held, day);
      return [firstTimeHonours, honoursOfThisYear, honoursOfLastYear];
    };
    expect(on('2022-10-31')).toEqual([[], [], []]);
    expect(on('2022-11-01')).toEqual([[HIGH_TECH], [HIGH_TECH], []]);
    expect(on('2023-12-31')).toEqual([[HIGH_TECH], [], [HIGH_TECH]]);
    expect(on('2024-01-01')).toEqual([[HIGH_TECH], [], []]);
    expect(on('2025-10-31')).toEqual([[], [HIGH_TECH], []]);
    expect(on('2026-11-29')).toEqual([[], [], [HIGH_TECH]]);
  });

  it('counts the first recognition of two awards of one title on one day, in whichever order they stand', () => {
    const two = [award(GAZELLE, '2026-05-01', false), award(GAZELLE, '2026-05-01', true)];
    for (const held of [two, two.toReversed()])
      expect(honourFacts(held, '2026-11-29')).toMatchObject({ firstTimeHonours: [GAZELLE], honourFirstTime: true });
  });

  it('changes on no day that is not one of its days, so that a version never stands for two sheets', () => {
    const held = [
      award(HIGH_TECH, '2022-11-01', true, '2025-10-31'),
      award(GAZELLE, '2024-02-29', false, '2026-02-28'),
    ];
    const days = new Set(honourDays(held));
    const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    let before = JSON.stringify(honourFacts(held, '2022-01-01'));
    for (let day = '2022-01-02'; day < '2027-06-01'; day = dayAfter(day)) {
      const now = JSON.stringify(honourFacts(held, day));
      if (now !== before) expect(days).toContain(day);
      before = now;
    }
  });

  it('gives the facts another version when a title comes to be of last year, though nobody wrote anything', () => {
    const register = {
      legalForm: 'LIMITED_COMPANY',
      scale: 'SMALL',
      industryCode: 'C1330',
      regionCode: '421281',
      registeredOn: '2019-05-20',
      status: 'IN_OPERATION',
      honours: [award(HIGH_TECH, '2026-03-01', true)],
    };
    const versions = factsVersions(register, undefined);
    const [inYear, yearAfter, later] = ['2026-12-31', '2027-01-01', '2028-01-01'].map((day) =>
      versionOn(versions, day),
    );
    expect(new Set([inYear, yearAfter, later]).size).toBe(3);
  });
});
