import path from 'node:path';
import { readDepartments } from '@zhitong/kit/departments';

const FOLDER = path.resolve(import.meta.dirname, '..', '..', 'subgraphs');

/** The project's departments, as their folders describe them. */
export const departments = readDepartments(FOLDER);

/** Their names. */
export const departmentNames: readonly string[] = departments.map(({ name }) => name);
