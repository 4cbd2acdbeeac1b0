import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { departmentFileSchema, type DepartmentFile } from './department-file.js';

const FILE = 'department.json';

/** A department's description cannot be used. The message names the file, the value and why. */
export class UnusableDepartment extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnusableDepartment';
  }
}

/** Reads one department's description. @throws UnusableDepartment */
export function readDepartment(folder: string): DepartmentFile {
  const file = path.join(folder, FILE);
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new UnusableDepartment(
      `${path.basename(folder)}: ${file} ${reason}: it says the department's name, port and owner.`,
    );
  }
  const parsed = departmentFileSchema.safeParse(given);
  if (!parsed.success)
    throw new UnusableDepartment(`${path.basename(folder)}: ${file} cannot be used:\n${z.prettifyError(parsed.error)}`);
  if (parsed.data.name !== path.basename(folder))
    throw new UnusableDepartment(
      `${path.basename(folder)}: ${file} names the department "${parsed.data.name}", and a department has the name of its folder.`,
    );
  return parsed.data;
}

/**
 * The description of the department that a program belongs to.
 * @param programFolder `src/` or `dist/` of the department, as `import.meta.dirname` of a file directly in it.
 * @throws UnusableDepartment
 */
export function ownDepartment(programFolder: string): DepartmentFile & { readonly port: number } {
  const own = readDepartment(path.dirname(programFolder));
  if (own.port === undefined)
    throw new UnusableDepartment(`${own.name}: the department runs elsewhere, at ${own.url ?? '?'}.`);
  return { ...own, port: own.port };
}

/**
 * Name of the department that keeps the register, for one that asks it whether things exist.
 * @throws UnusableDepartment when its description does not say so
 */
export function registerOf({ name, register }: Pick<DepartmentFile, 'name' | 'register'>): string {
  if (register === undefined)
    throw new UnusableDepartment(
      `${name}: its department.json does not say under "register" which department keeps the register.`,
    );
  return register;
}

/**
 * Every department of a folder, by port; those that run elsewhere last, by name. A folder is a department's when it has
 * a `department.json` or a `schema.graphql`.
 * @param folder `subgraphs/` of the project.
 * @throws UnusableDepartment when a description cannot be used, two have one port, or the loading order goes in a
 *   circle.
 */
export function readDepartments(folder: string): readonly DepartmentFile[] {
  const isDepartment = (name: string): boolean =>
    [FILE, 'schema.graphql'].some((file) => existsSync(path.join(folder, name, file)));
  const departments = readdirSync(folder)
    .filter(isDepartment)
    .map((name) => readDepartment(path.join(folder, name)))
    .sort((a, b) => (a.port ?? Infinity) - (b.port ?? Infinity) || (a.name < b.name ? -1 : 1));
  for (const [at, { name, port }] of departments.entries()) {
    const other = departments.slice(0, at).find((earlier) => port !== undefined && earlier.port === port);
    if (other !== undefined)
      throw new UnusableDepartment(
        `${name}: its department.json takes the port ${String(port)}, which is that of ${other.name}.`,
      );
  }
  inLoadingOrder(departments);
  return departments;
}

/**
 * The departments in an order in which each comes after those that it loads after.
 * @throws UnusableDepartment when there is no such order, or one is named that is not there.
 */
export function inLoadingOrder<Department extends Pick<DepartmentFile, 'name' | 'loadAfter'>>(
  departments: readonly Department[],
): readonly Department[] {
  const ordered = new Set<Department>();
  const visit = (department: Department, behind: readonly string[]): void => {
    if (ordered.has(department)) return;
    if (behind.includes(department.name))
      throw new UnusableDepartment(
        `${department.name}: the order of loading goes in a circle: ${[...behind, department.name].join(', ')}.`,
      );
    for (const name of department.loadAfter) {
      const earlier = departments.find((one) => one.name === name);
      if (earlier === undefined)
        throw new UnusableDepartment(
          `${department.name}: loadAfter names the department "${name}", which is not there.`,
        );
      visit(earlier, [...behind, department.name]);
    }
    ordered.add(department);
  };
  for (const department of departments) visit(department, []);
  return [...ordered];
}
