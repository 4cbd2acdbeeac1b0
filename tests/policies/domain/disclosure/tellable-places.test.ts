import { tellablePlaces } from '../../../../subgraphs/policies/src/domain/disclosure/tellable-places.js';

/** Counts written as "section district count". */
const told = (...counts: string[]) => {
  const tell = tellablePlaces(
    counts.map((text) => {
      const [section = '', district = '', enterprises = ''] = text.split(' ');
      return { section, district, enterprises: Number(enterprises) };
    }),
  );
  return (section: string, district: string): string => {
    const place = tell({ section, district });
    return `${place.section}/${place.district}`;
  };
};

describe('what may be told of where an enterprise is', () => {
  it('is as much as five share', () => {
    const tell = told('C north 5', 'C south 5', 'F north 5');
    expect([tell('C', 'north'), tell('C', 'south'), tell('F', 'north')]).toEqual(['C/north', 'C/south', 'F/north']);
  });

  it('is the section alone where districts have fewer', () => {
    const tell = told('C north 4', 'C south 3', 'C west 9');
    expect([tell('C', 'north'), tell('C', 'south'), tell('C', 'west')]).toEqual(['C/', 'C/', 'C/west']);
  });

  it('names no district where the one that is not named would be known by that', () => {
    const tell = told('C north 1', 'C south 6', 'C west 9');
    expect([tell('C', 'north'), tell('C', 'south'), tell('C', 'west')]).toEqual(['C/', 'C/', 'C/west']);
  });

  it('names no section where the one that is not named would be known by that', () => {
    const tell = told('C north 7', 'F north 2', 'F south 1', 'G north 40');
    expect([tell('C', 'north'), tell('F', 'south'), tell('G', 'north')]).toEqual(['/', '/', 'G/north']);
  });

  it('is nothing where all together are fewer, and of a place that nobody counted', () => {
    expect(told('C north 3')('C', 'north')).toBe('/');
    expect(told('C north 9')('', 'north')).toBe('/');
    expect(told('C north 9')('C', 'south')).toBe('C/');
  });
});
