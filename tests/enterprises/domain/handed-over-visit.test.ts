import { partyWithout } from '../../../subgraphs/enterprises/src/domain/visits/handed-over-visit.js';

const departmentOf = new Map([
  ['old', 'RSJ'],
  ['colleague', 'RSJ'],
  ['guest', 'JXJ'],
]);
const heir = { id: 'heir', departmentCode: 'JXJ' };
const visit = (...officialIds: string[]) => ({ departmentCode: 'RSJ', officialIds });
const without = (party: string[], whose: typeof heir | null) =>
  partyWithout(visit(...party), { leaver: 'old', heir: whose, departmentOf });

describe('who makes a planned visit when one of the party leaves', () => {
  it('is the heir in the place of the leaver, and the department stays while a colleague goes', () => {
    expect(without(['old', 'colleague'], heir)).toEqual(visit('colleague', 'heir'));
  });

  it("is a party of the heir's department when nobody of the former one goes any more", () => {
    expect(without(['old'], heir)).toEqual({ departmentCode: 'JXJ', officialIds: ['heir'] });
    expect(without(['old', 'guest'], null)).toEqual({ departmentCode: 'JXJ', officialIds: ['guest'] });
  });

  it('names nobody twice, and is nobody where nobody is left', () => {
    expect(without(['old', 'heir'], heir)).toEqual({ departmentCode: 'JXJ', officialIds: ['heir'] });
    expect(without(['old'], null)).toBeNull();
  });
});
