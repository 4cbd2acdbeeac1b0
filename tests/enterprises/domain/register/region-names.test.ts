import { regionNames } from '../../../../subgraphs/enterprises/src/domain/regions.js';

const XIANNING = { code: '421200', name: '咸宁市' };

it('a district is called by its name, behind its city, and behind province and city, also without their endings', () => {
  expect(regionNames({ code: '421202', name: '咸安区' }, [XIANNING]).sort()).toEqual(
    [
      ...['咸安区', '咸宁市咸安区', '咸宁咸安区'],
      ...['湖北省咸宁市咸安区', '湖北咸宁咸安区', '湖北省咸宁咸安区', '湖北咸宁市咸安区'],
    ].sort(),
  );
});

it.each([
  // Another city of the province may have a district of this name, and none a county.
  [{ code: '421202', name: '咸安区' }, '湖北省咸安区', false],
  [{ code: '421224', name: '通山县' }, '湖北省通山县', true],
  [{ code: '421281', name: '赤壁市' }, '湖北赤壁市', true],
  [{ code: '421202', name: '咸安区' }, '武汉市咸安区', false],
  [{ code: '421200', name: '咸宁市' }, '湖北省咸宁市', true],
  [{ code: '421200', name: '咸宁市' }, '咸宁市咸宁市', false],
])('%j is called %s: %s', (region, name, isSo) => {
  expect(regionNames(region, [XIANNING]).includes(name)).toBe(isSo);
});

it('a prefecture of a province without a list is named by the city’s own regions', () => {
  const names = regionNames({ code: '540102', name: '城关区' }, [{ code: '540100', name: '拉萨市' }]);
  expect(names).toContain('西藏拉萨市城关区');
  expect(regionNames({ code: '540102', name: '城关区' }, [])).toEqual(['城关区']);
});
