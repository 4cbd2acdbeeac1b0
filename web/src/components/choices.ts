import type { Field } from './command-field.js';

/** Departments, to choose one. */
export const departmentOptions = (
  of: readonly { readonly code: string; readonly name?: string | null }[],
): NonNullable<Field['options']> => of.map(({ code, name }) => ({ value: code, label: name ?? code }));
