import type { Clock } from '@zhitong/kit';
import type { DepartmentRecord, DepartmentStore } from '../models/department.js';

/** How long a reading of the departments serves. */
const KEPT_MS = 5_000;

/** The city's departments, about forty, in memory: nearly every operation of the graph asks for some of their names. */
export interface DepartmentDirectory {
  /**
   * The departments of these codes, in no particular order; unknown codes are left out. A changed name shows within
   * five seconds.
   */
  readonly byCode: (codes: readonly string[]) => Promise<DepartmentRecord[]>;
}

/** Opens the directory. It reads all departments at once, and by its code one that was added since. */
export function departmentDirectory({
  departments,
  clock,
}: {
  departments: DepartmentStore;
  clock: Clock;
}): DepartmentDirectory {
  let reading: { readonly at: number; readonly byCode: Promise<ReadonlyMap<string, DepartmentRecord>> } | undefined;

  const current = async (): Promise<ReadonlyMap<string, DepartmentRecord>> => {
    const now = clock.now().getTime();
    if (reading !== undefined && Math.abs(now - reading.at) < KEPT_MS) return reading.byCode;
    const byCode = departments
      .all(undefined)
      .then((all) => new Map(all.map((department) => [department.code, department])));
    const own = { at: now, byCode };
    reading = own;
    // A reading that failed serves nobody else.
    byCode.catch(() => {
      if (reading === own) reading = undefined;
    });
    return byCode;
  };

  return {
    byCode: async (codes) => {
      const known = await current();
      const missing = codes.filter((code) => !known.has(code));
      return [
        ...codes.flatMap((code) => known.get(code) ?? []),
        ...(missing.length === 0 ? [] : await departments.byCode(missing)),
      ];
    },
  };
}
