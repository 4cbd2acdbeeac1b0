import { citySettings } from '../../demo/src/index.js';

const TODAY = '2026-11-27';

describe('a demo city as a command line asks for it', () => {
  it('stands on the day that is given, else today', () => {
    expect(citySettings({ enterprises: '400', date: '2026-11-22' }, TODAY)).toEqual({
      referenceDate: '2026-11-22',
      enterprises: 400,
    });
    expect(citySettings({ enterprises: '27851' }, TODAY)).toEqual({ referenceDate: TODAY, enterprises: 27_851 });
  });

  it.each([
    [{ enterprises: '199' }, '--enterprises is 199; the demo city has 200 or more.'],
    [{ enterprises: 'many' }, '--enterprises is many; the demo city has 200 or more.'],
    [{ enterprises: '400.5' }, '--enterprises is 400.5; the demo city has 200 or more.'],
    [{ enterprises: '400', date: '2026-02-30' }, '--date is 2026-02-30; write a day as YYYY-MM-DD.'],
  ])('is refused with the option that is wrong: %j', (asked, problem) => {
    expect(citySettings(asked, TODAY)).toEqual({ problem });
  });
});
