import type { DepartmentResolvers } from '../generated/resolvers-types.js';
import type { Loaders } from '../loaders.js';
import type { DepartmentRecord } from '../models/department.js';

/** A department that a record of ours names. */
export async function requiredDepartment(code: string, { department }: Loaders): Promise<DepartmentRecord> {
  const found = await department.load(code);
  if (found === null) throw new Error(`A record names the department ${code}, which is not registered.`);
  return found;
}

export const Department: DepartmentResolvers = {
  __resolveReference: async ({ code }, { loaders }) => loaders.department.load(code),
};
