import { accessTable, maySee } from '../../gateway/src/access/access-table.js';
import {
  pruneOperation,
  refuse,
  refusedMutation,
  type PrunedOperation,
} from '../../gateway/src/access/prune-operation.js';
import type { Role } from '@zhitong/kit';
import { buildSchema, Kind, parse, print, type OperationDefinitionNode } from 'graphql';

const DIRECTIVE =
  'directive @access(roles: [Role!]!, note: [Role!]) repeatable on FIELD_DEFINITION directive @other(roles: [Role!]!) on FIELD_DEFINITION enum Role { ENTERPRISE OFFICER COORDINATOR AUDITOR ADMIN SERVICE }';
const rightsOf = (sdl: string): Record<string, unknown> => Object.fromEntries(accessTable(`${DIRECTIVE} ${sdl}`));

describe('the rights that stand in the schema', () => {
  it.each<[string, string, Record<string, unknown>]>([
    ["of a field without a directive are nobody's business", 'type T { a: Int }', {}],
    [
      'are the roles that the directive lists',
      'type T { a: Int @access(roles: [OFFICER, AUDITOR]) b: Int }',
      { 'T.a': [['OFFICER', 'AUDITOR']] },
    ],
    ['may be one role without a list', 'type T { a: Int @access(roles: OFFICER) }', { 'T.a': [['OFFICER']] }],
    [
      'are taken from the argument of that name only',
      'type T { a: Int @access(note: [ADMIN], roles: [OFFICER]) }',
      { 'T.a': [['OFFICER']] },
    ],
    [
      'of two departments are kept apart: each must be satisfied',
      'type T { a: Int @access(roles: [OFFICER]) @access(roles: [AUDITOR]) }',
      { 'T.a': [['OFFICER'], ['AUDITOR']] },
    ],
    ['come from no other directive', 'type T { a: Int @other(roles: [OFFICER]) }', {}],
    [
      "of roles that nobody has are nobody's",
      'type T { a: Int @access(roles: [MAYOR]) b: Int @access(roles: ["OFFICER"]) c: Int @access }',
      { 'T.a': [[]], 'T.b': [[]], 'T.c': [[]] },
    ],
    [
      'are those of types and interfaces, not of inputs',
      'input I { a: Int @access(roles: [OFFICER]) } enum E { A } type T { e: E }',
      {},
    ],
  ])('%s', (_what, sdl, expected) => {
    expect(rightsOf(sdl)).toEqual(expected);
  });

  it("of an interface's field are its own and those of every type behind it, of no other type and no other field", () => {
    expect(
      rightsOf(`
      interface Named { name: String @access(roles: [ADMIN]) contact: String free: String }
      interface Other { contact: String @access(roles: [SERVICE]) }
      type A implements Named { name: String contact: String @access(roles: [OFFICER]) free: String }
      type B implements Other & Named { name: String contact: String @access(roles: [AUDITOR]) free: String }
      type C { contact: String @access(roles: [COORDINATOR]) }
    `),
    ).toEqual({
      'A.contact': [['OFFICER']],
      'B.contact': [['AUDITOR']],
      'C.contact': [['COORDINATOR']],
      'Named.name': [['ADMIN']],
      'Named.contact': [['OFFICER'], ['AUDITOR']],
      'Other.contact': [['SERVICE'], ['AUDITOR']],
    });
  });

  it.each<[string, readonly (readonly Role[])[], readonly Role[] | null, boolean]>([
    ['one of the roles is enough', [['OFFICER', 'AUDITOR']], ['ENTERPRISE', 'AUDITOR'], true],
    ['another role is not', [['OFFICER', 'AUDITOR']], ['ENTERPRISE'], false],
    ["each department's rule must hold", [['OFFICER'], ['AUDITOR']], ['OFFICER'], false],
    ['and does with a role for each', [['OFFICER'], ['AUDITOR']], ['AUDITOR', 'OFFICER'], true],
    ['a rule without roles lets nobody in', [[]], ['ADMIN'], false],
    ['a caller without a token has no role', [['OFFICER']], null, false],
    ['nor sees what asks for nothing in particular', [], null, false],
  ])('%s', (_what, required, roles, expected) => {
    expect(maySee(required, roles)).toBe(expected);
  });
});

const SDL = `${DIRECTIVE}
  type Query { firm: Firm firms: [Firm!]! party: Party named: Named ledger: String @access(roles: [AUDITOR]) open: String }
  type Mutation { look: Firm rename: Firm @access(roles: [OFFICER]) note: Firm @access(roles: [OFFICER]) }
  interface Named { name: String secret: String }
  union Party = Firm | Person
  type Firm implements Named { name: String secret: String @access(roles: [AUDITOR]) turnover: Int @access(roles: [OFFICER, AUDITOR]) @access(roles: [AUDITOR, ADMIN]) owner: Person parts: [Firm!] }
  type Person implements Named { name: String secret: String @access(roles: [ADMIN]) }
`;
const schema = buildSchema(SDL);
const access = accessTable(SDL);

function prune(source: string, roles: readonly Role[] | null = null, name?: string): PrunedOperation | undefined {
  const document = parse(source);
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode =>
      node.kind === Kind.OPERATION_DEFINITION && (name === undefined || node.name?.value === name),
  );
  if (operation === undefined) throw new Error('no operation');
  return pruneOperation({ document, operation, schema, access, roles });
}
const compact = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
/** What departments are asked. */
const asked = (source: string, roles?: readonly Role[] | null, name?: string): string | undefined => {
  const pruned = prune(source, roles, name);
  return pruned && compact(print(pruned.document));
};
/** What the caller is shown of what departments answer, and what is said about the rest. */
function shown(source: string, data: Record<string, unknown>, roles: readonly Role[] | null = null) {
  const pruned = prune(source, roles);
  if (pruned === undefined) throw new Error('nothing is refused');
  const errors = refuse(data, pruned);
  return {
    data,
    errors: errors.map(({ path, message, extensions, nodes }) => ({
      path: path?.join('.'),
      message,
      code: extensions['code'],
      field: nodes?.[0]?.kind === Kind.FIELD ? nodes[0].name.value : undefined,
    })),
  };
}

describe('an operation that a caller may run', () => {
  it('as it is, is left alone', () => {
    expect(prune('{ firm { name } open }')).toBeUndefined();
    expect(prune('{ firm { secret } ledger }', ['AUDITOR'])).toBeUndefined();
  });

  it("but for a field, asks for a name of the type in its place, under the client's name and conditions", () => {
    expect(asked('{ firm { name secret } }')).toBe('{ firm { name secret: __typename } }');
    expect(
      asked('query ($a: Boolean!) { firm { mine: secret @include(if: $a) parts { turnover } } }', ['OFFICER']),
    ).toBe('query ($a: Boolean!) { firm { mine: __typename @include(if: $a) parts { turnover: __typename } } }');
  });

  it('is asked for what each of its fragments may have', () => {
    expect(asked('{ firm { ...F ... on Firm { secret } ... { turnover } } } fragment F on Firm { secret name }')).toBe(
      '{ firm { ...F ... on Firm { secret: __typename } ... { turnover: __typename } } } fragment F on Firm { secret: __typename name }',
    );
  });

  it('is judged by itself, and not by another operation or a fragment that it does not use', () => {
    const source = 'query One { firm { name } } query Two { firm { secret } } fragment F on Firm { secret }';
    expect(prune(source, null, 'One')).toBeUndefined();
    expect(prune(source, null, 'Two')).toBeDefined();
  });
});

describe('what a caller may not see', () => {
  it('is null at each of its places, with an error that says what it needs', () => {
    const { data, errors } = shown(
      '{ firms { name secret owner { secret } } }',
      {
        firms: [
          { name: 'a', secret: 'Firm', owner: null },
          { name: 'b', secret: 'Firm', owner: { secret: 'Person' } },
        ],
      },
      ['OFFICER'],
    );
    expect(data).toEqual({
      firms: [
        { name: 'a', secret: null, owner: null },
        { name: 'b', secret: null, owner: { secret: null } },
      ],
    });
    expect(errors).toEqual([
      { path: 'firms.0.secret', message: 'Firm.secret needs the role AUDITOR.', code: 'FORBIDDEN', field: 'secret' },
      { path: 'firms.1.secret', message: 'Firm.secret needs the role AUDITOR.', code: 'FORBIDDEN', field: 'secret' },
      {
        path: 'firms.1.owner.secret',
        message: 'Person.secret needs the role ADMIN.',
        code: 'FORBIDDEN',
        field: 'secret',
      },
    ]);
  });

  it('is UNAUTHENTICATED for a caller without a token, who is told that it takes one', () => {
    expect(shown('{ firm { turnover } }', { firm: { turnover: 'Firm' } }).errors).toEqual([
      {
        path: 'firm.turnover',
        message: 'Firm.turnover needs a bearer token with the role OFFICER or AUDITOR, and AUDITOR or ADMIN.',
        code: 'UNAUTHENTICATED',
        field: 'turnover',
      },
    ]);
  });

  it('is not told of where it was not reached, and nothing else is touched', () => {
    expect(shown('{ firm { secret } open }', { firm: null, open: 'Firm' })).toEqual({
      data: { firm: null, open: 'Firm' },
      errors: [],
    });
    expect(shown('{ firm { secret @skip(if: true) name } }', { firm: { name: 'Firm' } })).toEqual({
      data: { firm: { name: 'Firm' } },
      errors: [],
    });
  });

  it('behind a union is null in the type that has it, and another type keeps its value of the same name', () => {
    const source = '{ party { ... on Firm { x: secret } ... on Person { x: name } } }';
    expect(shown(source, { party: { x: 'Firm' } }).data).toEqual({ party: { x: null } });
    expect(shown(source, { party: { x: '张三' } })).toEqual({ data: { party: { x: '张三' } }, errors: [] });
  });

  it('behind an interface is null whichever type it is, also where both types have it under one name', () => {
    for (const typeName of ['Firm', 'Person']) {
      expect(shown('{ named { secret } }', { named: { secret: typeName } }).data).toEqual({ named: { secret: null } });
      expect(
        shown('{ party { ... on Firm { x: secret } ... on Person { x: secret } } }', { party: { x: typeName } }).data,
      ).toEqual({ party: { x: null } });
    }
    expect(shown('{ named { secret } }', { named: { secret: 'Firm' } }, ['AUDITOR']).errors).toEqual([
      {
        path: 'named.secret',
        message: 'Named.secret needs the role AUDITOR, and ADMIN.',
        code: 'FORBIDDEN',
        field: 'secret',
      },
    ]);
  });

  it('is found in selections of one object that are written apart, one deeper than the other', () => {
    const source =
      '{ firm { owner { name } } ...Q firm { owner { secret } parts { ...F } } } fragment Q on Query { firm { secret } } fragment F on Firm { parts { secret } }';
    const { data, errors } = shown(source, {
      firm: {
        secret: 'Firm',
        owner: { name: 'n', secret: 'Person' },
        parts: [{ parts: null }, { parts: [{ secret: 'Firm' }] }],
      },
    });
    expect(data).toEqual({
      firm: {
        secret: null,
        owner: { name: 'n', secret: null },
        parts: [{ parts: null }, { parts: [{ secret: null }] }],
      },
    });
    expect(errors.map(({ path }) => path).toSorted()).toEqual([
      'firm.owner.secret',
      'firm.parts.1.parts.0.secret',
      'firm.secret',
    ]);
  });

  it('at the root is null by itself', () => {
    expect(shown('{ ledger open }', { ledger: 'Query', open: 'x' }).data).toEqual({ ledger: null, open: 'x' });
  });
});

describe('a mutation that a caller may not make', () => {
  it('stops the whole operation, and each of them is named', () => {
    const pruned = prune('mutation { look { name } mine: rename { name } note { name } }', ['AUDITOR']);
    if (pruned === undefined) throw new Error('nothing is refused');
    expect(pruned.mutationRefused).toBe(true);
    expect(refusedMutation(pruned).map(({ path, message, extensions }) => [path, message, extensions['code']])).toEqual(
      [
        [['mine'], 'Mutation.rename needs the role OFFICER.', 'FORBIDDEN'],
        [['note'], 'Mutation.note needs the role OFFICER.', 'FORBIDDEN'],
      ],
    );
  });

  it('is not meant by what its answer or a query may not show', () => {
    expect(prune('mutation { look { secret } }')?.mutationRefused).toBe(false);
    expect(prune('{ ledger }')?.mutationRefused).toBe(false);
  });
});
