import { readFileSync } from 'node:fs';
import { Kind, type DocumentNode } from 'graphql';
import { apiDocument, contractViews } from '../../../gateway/src/contracts/plain-sdl.js';
import { apiSchemaOf } from '../../../gateway/src/supergraph/api-schema.js';
import { departmentNames } from '../../support/departments.js';
import { classesOf, table } from '../../rights/support/try-reads.js';

const supergraph = readFileSync(new URL('../../../gateway/supergraph.graphql', import.meta.url), 'utf8');
const views = contractViews(apiDocument(apiSchemaOf(supergraph)), supergraph);

/** `Type.field` of everything that a contract answers. */
function fieldsOf(document: DocumentNode | undefined): string[] {
  return (document?.definitions ?? []).flatMap((type) =>
    type.kind === Kind.OBJECT_TYPE_DEFINITION
      ? (type.fields ?? []).map((field) => `${type.name.value}.${field.name.value}`)
      : [],
  );
}

/** The classes of data that a field has in the departments that show it. */
const classesOfField = (coordinate: string): string[] => {
  const [type = '', field = ''] = coordinate.split('.');
  return departmentNames.flatMap((department) => classesOf(department, type).get(field) ?? []);
};

/** Whether one of the callers may read the field; a part of a thing is read with the thing. */
const isReadBy = (coordinate: string, callers: readonly string[]): boolean =>
  classesOfField(coordinate).every(
    (name) =>
      name === 'asParent' ||
      callers.some((caller) => table.classes[name]?.may.charAt(table.callers.indexOf(caller)) === 'y'),
  );

describe('the contracts of this city', () => {
  it.each([
    ['public', ['nobody']],
    ['enterprise', ['nobody', 'enterprise, own']],
  ])('%s shows nothing that the table of rights answers to none of its readers', (contract, callers) => {
    const fields = fieldsOf(views.get(contract)?.document);
    expect(fields.length).toBeGreaterThan(100);
    expect(fields.filter((field) => !field.startsWith('Mutation.') && !isReadBy(field, callers))).toEqual([]);
  });

  it('are closed, one in the other, and the last is the whole graph', () => {
    expect([...views.values()].flatMap(({ faults }) => faults)).toEqual([]);
    const [open, enterprise, government] = [...views.values()].map(({ document }) => new Set(fieldsOf(document)));
    expect([...(open ?? [])].filter((field) => enterprise?.has(field) !== true)).toEqual([]);
    expect([...(enterprise ?? [])].filter((field) => government?.has(field) !== true)).toEqual([]);
    expect(government).toEqual(new Set(fieldsOf(apiDocument(apiSchemaOf(supergraph)))));
  });

  it('give the public the card of an enterprise, and not who is behind it', () => {
    const open = fieldsOf(views.get('public')?.document);
    expect(open).toEqual(expect.arrayContaining(['Query.enterprise', 'Enterprise.name', 'Query.policies']));
    for (const field of ['Enterprise.contact', 'Enterprise.cases', 'Query.cases', 'Case.title'])
      expect(open).not.toContain(field);
    expect(open.filter((field) => field.startsWith('Mutation.'))).toEqual([]);
  });

  it('give enterprises the mutations that their role may use and no other', () => {
    const mutations = fieldsOf(views.get('enterprise')?.document).filter((field) => field.startsWith('Mutation.'));
    const all = JSON.parse(readFileSync(new URL('../../rights/mutations.json', import.meta.url), 'utf8')) as Record<
      string,
      Record<string, { may: string[] }>
    >;
    const usable = Object.values(all).flatMap((department) =>
      Object.entries(department).flatMap(([name, { may }]) =>
        may.some((caller) => caller.startsWith('ENTERPRISE')) ? [`Mutation.${name}`] : [],
      ),
    );
    expect(mutations.toSorted()).toEqual(usable.toSorted());
  });
});
