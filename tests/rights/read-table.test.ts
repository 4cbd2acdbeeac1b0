import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { Kind, type FieldDefinitionNode } from 'graphql';
import { departmentNames } from '../support/departments.js';
import { classesOf, readTypes, table } from './support/try-reads.js';

/** The roles of `@access` on a field; null without it. */
function rolesOf({ directives }: FieldDefinitionNode): string[] | null {
  const value = directives?.find(({ name }) => name.value === 'access')?.arguments?.[0]?.value;
  return value === undefined
    ? null
    : value.kind === Kind.LIST
      ? value.values.map((item) => (item.kind === Kind.ENUM ? item.value : ''))
      : [];
}

const ROLE_OF: Readonly<Record<string, string>> = {
  'enterprise, own': 'ENTERPRISE',
  'enterprise, another': 'ENTERPRISE',
  'officer, concerned': 'OFFICER',
  'officer, another': 'OFFICER',
  'officer, bank': 'OFFICER',
  'officer, no such department': 'OFFICER',
  coordinator: 'COORDINATOR',
  auditor: 'AUDITOR',
  admin: 'ADMIN',
  service: 'SERVICE',
  'service, another': 'SERVICE',
};

describe.each(departmentNames)('the table of who may read what of %s', (department) => {
  it('has a row for every field of every type, and no other', () => {
    const declared = readTypes(department).flatMap(({ name, fields = [] }) =>
      fields.map((field) => `${name.value}.${field.name.value}`),
    );
    const inTable = Object.keys(table.fields[department] ?? {}).flatMap((type) =>
      [...classesOf(department, type).keys()].map((field) => `${type}.${field}`),
    );
    expect(inTable.toSorted()).toEqual(declared.toSorted());
  });

  it('names classes that it describes, for as many callers as there are', () => {
    const used = readTypes(department).flatMap(({ name }) => [...classesOf(department, name.value).values()]);
    for (const name of new Set(used))
      expect([name, table.classes[name]?.may.length]).toEqual([name, table.callers.length]);
  });

  it('lets nobody read what @access refuses to the role', () => {
    for (const { name, fields = [] } of readTypes(department)) {
      for (const field of fields) {
        const roles = rolesOf(field);
        const may = table.classes[classesOf(department, name.value).get(field.name.value) ?? '']?.may ?? '';
        const without = table.callers.filter(
          (caller, index) =>
            may.charAt(index) === 'y' && roles !== null && !roles.includes(ROLE_OF[caller] ?? 'nobody'),
        );
        expect([`${name.value}.${field.name.value}`, without]).toEqual([`${name.value}.${field.name.value}`, []]);
      }
    }
  });
});

describe('docs/rights/reads.md', () => {
  it('is what the table says', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [path.resolve(import.meta.dirname, '..', '..', 'scripts', 'rights-reads.mjs'), '--check'],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, '']);
  });
});
