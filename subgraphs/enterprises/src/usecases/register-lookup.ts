import { areasAmong, type NameLookup } from '@zhitong/kit/graph';
import type { DepartmentDirectory } from '../memory/department-directory.js';
import { regionsOf } from '../domain/regions.js';
import type { Stores } from '../stores.js';

/** Says what the registry holds, for the checks that every department makes of names. */
export function registerLookup(
  {
    departments,
    enterprises,
    projects,
    serviceItems,
  }: Pick<Stores, 'departments' | 'enterprises' | 'projects' | 'serviceItems'>,
  directory: DepartmentDirectory,
): NameLookup {
  const regions = async (): Promise<string[]> => regionsOf(await departments.all(undefined)).map(({ code }) => code);
  return async (kind, codes) => {
    switch (kind) {
      case 'department':
        return new Map((await directory.byCode(codes)).map(({ code }) => [code, null]));
      case 'enterprise':
        return new Map((await enterprises.byUscc(codes, [])).map(({ uscc }) => [uscc, null]));
      case 'project':
        return new Map((await projects.byId(codes)).map(({ id, uscc }) => [id, uscc]));
      case 'serviceItem':
        return new Map((await serviceItems.byId(codes)).map(({ id }) => [id, null]));
      case 'region': {
        const known = await regions();
        return new Map(codes.filter((code) => known.includes(code)).map((code) => [code, null]));
      }
      case 'area':
        return new Map(areasAmong(codes, await regions()).map((code) => [code, null]));
    }
  };
}
