import { departmentsOfSection, governmentOf } from '../../demo/src/departments.js';
import { INDUSTRY_CLASSES, INDUSTRY_SECTIONS, INDUSTRY_STANDARD, industryOf } from '../../demo/src/industries.js';

describe('the industry table', () => {
  it('names its edition and the nineteen sections A to S', () => {
    expect(INDUSTRY_STANDARD).toContain('GB/T 4754—2017');
    expect(Object.keys(INDUSTRY_SECTIONS).join('')).toBe('ABCDEFGHIJKLMNOPQRS');
  });

  it('holds every class once, with a section letter and two or four digits', () => {
    const codes = INDUSTRY_CLASSES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^[A-S]\d{2}(\d{2})?$/.test(code))).toEqual([]);
  });

  it('gives every class the words that names are made of', () => {
    expect(
      INDUSTRY_CLASSES.filter(
        ({ words, shops, cooperatives, cooperativeWords }) =>
          words.length === 0 || shops.length === 0 || (cooperatives > 0 && !cooperativeWords?.length),
      ),
    ).toEqual([]);
  });

  it('answers with section and name, and refuses an unknown code', () => {
    expect(industryOf('C1530')).toEqual({ section: 'C', sectionName: '制造业', code: 'C1530', name: '精制茶加工' });
    expect(() => industryOf('C9999')).toThrow('C9999');
  });
});

describe('the department table', () => {
  it('gives every industry section a department that looks after it', () => {
    expect(Object.keys(INDUSTRY_SECTIONS).filter((section) => departmentsOfSection(section).length === 0)).toEqual([]);
  });

  it('knows the government of a district and refuses another region', () => {
    expect(governmentOf('421281')).toBe('CBSZF');
    expect(() => governmentOf('420100')).toThrow('420100');
  });
});
