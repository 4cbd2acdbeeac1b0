import { isLineFor } from '../../../../subgraphs/enterprises/src/domain/service-network/matters.js';
import {
  isFilledByDepartment,
  isOfUnit,
  placeOf,
  SERVICE_ROLES,
  staysInDepartment,
  type ServiceRole,
} from '../../../../subgraphs/enterprises/src/domain/service-network/roles.js';

describe('a role at an enterprise', () => {
  /** By the programme: who holds it, whether a department fills it, whether it is one's own in each department. */
  it.each<[ServiceRole, filledByDepartment: boolean, ofOneDepartment: boolean, ofUnit: boolean]>([
    ['STEWARD', false, false, false],
    ['PROJECT_SECRETARY', false, false, false],
    ['LEADER', false, false, false],
    ['SUPPORTING_UNIT', false, false, true],
    ['DEPARTMENT_CONTACT', true, true, false],
    ['AGENT', true, true, false],
    ['EMPLOYMENT_SPECIALIST', false, false, false],
  ])('%s: filled by a department %s, stays in it %s, a whole unit %s', (role, filled, ofOne, ofUnit) => {
    expect([isFilledByDepartment(role), staysInDepartment(role), isOfUnit(role)]).toEqual([filled, ofOne, ofUnit]);
    const place = (uscc: string, departmentCode: string, officialId: string | null = 'GB-1') =>
      placeOf({ uscc, role, officialId, departmentCode });
    // One holder at a time at each enterprise, of some roles one in each department.
    expect(place('A', 'RSJ') === place('A', 'JXJ')).toBe(!ofOne);
    expect(place('A', 'RSJ', 'GB-1')).toBe(place('A', 'RSJ', 'GB-2'));
    expect(place('A', 'RSJ')).not.toBe(place('B', 'RSJ'));
    // No other role takes the same place.
    expect(
      SERVICE_ROLES.filter(
        (other) =>
          placeOf({ uscc: 'A', role: other, officialId: null, departmentCode: 'RSJ' }) === place('A', 'RSJ', null),
      ),
    ).toEqual([role]);
  });

  it('is one of seven', () => expect(SERVICE_ROLES).toHaveLength(7));
});

describe('a line of the directory', () => {
  const all = { region: null, matters: [] };
  it.each<[{ region: string | null; matters: string[] }, { region: string | null; matter: string | null }, boolean]>([
    [all, { region: null, matter: null }, true],
    [all, { region: '421281', matter: '社保' }, true],
    [{ ...all, region: '421281' }, { region: '421281', matter: null }, true],
    [{ ...all, region: '421281' }, { region: '421202', matter: null }, false],
    [{ ...all, region: '421281' }, { region: null, matter: '社保' }, true],
    [{ ...all, matters: ['社保', '用工'] }, { region: null, matter: null }, true],
    [{ ...all, matters: ['社保', '用工'] }, { region: '421202', matter: '企业用工' }, true],
    [{ ...all, matters: ['社保缴费'] }, { region: null, matter: '社保' }, true],
    [{ ...all, matters: ['社保', '用工'] }, { region: null, matter: '供电' }, false],
    [{ region: '421281', matters: ['社保'] }, { region: '421202', matter: '社保' }, false],
    // Width, case and white space do not count.
    [{ ...all, matters: ['ＥＴＣ'] }, { region: null, matter: ' etc 办理 ' }, true],
    [{ ...all, matters: ['etc'] }, { region: null, matter: 'ETC' }, true],
  ])('%j is for %j: %s', (line, asked, expected) => expect(isLineFor(line, asked)).toBe(expected));
});
