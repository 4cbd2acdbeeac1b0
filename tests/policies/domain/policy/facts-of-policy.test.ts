import { readPolicy } from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import { factsOfPolicy } from '../../../../subgraphs/policies/src/domain/policy/facts-of-policy.js';
import { plainPolicy } from '../../support/policies-under-test.js';

it.each([
  [{ code: '421281', name: '赤壁市' }, ['employees', 'isDeregistered', 'isLicenceRevoked', 'registeredRegion']],
  [{ code: 'CN', name: '全国' }, ['employees', 'isDeregistered', 'isLicenceRevoked']],
])(
  'an enterprise that moves is matched again with the policies of the region %j, one that is struck off or loses its licence with all',
  (region, facts) => {
    const { policy } = readPolicy({ ...plainPolicy, region }, '2026-11-20');
    expect(policy === null ? null : factsOfPolicy(policy)).toEqual(facts);
  },
);
