import { buildSchema } from 'graphql';
import type { Rights } from '../../../registry/src/domain/rights-diff.js';
import { schemaChanges } from '../../../registry/src/domain/schema-diff.js';

const NO_RIGHTS: Rights = new Map();

/** The changes between two SDLs, each as `SEVERITY coordinate: message`. */
function told(before: string, after: string, rights: readonly [Rights, Rights] = [NO_RIGHTS, NO_RIGHTS]): string[] {
  return schemaChanges(
    { schema: buildSchema(before), rights: rights[0] },
    { schema: buildSchema(after), rights: rights[1] },
  ).map(({ severity, message }) => `${severity} ${message}`);
}

describe('what differs between two versions of the graph', () => {
  const OUT = 'type Query { a: Case } type Case { id: ID! ';

  // Each expected severity follows from the rules of validation and coercion of the GraphQL specification (October
  // 2021): 5.3 fields, 5.4 arguments, 5.6 values, 6.4.3 completion of values.
  it.each([
    ['a field that goes', `${OUT} dueOn: String }`, `${OUT} }`, ['BREAKING removes `Case.dueOn`']],
    ['a field that comes', `${OUT} }`, `${OUT} dueOn: String }`, ['SAFE adds `Case.dueOn`']],
    [
      'a type that goes with the field that had it',
      `${OUT} x: X } type X { b: Int }`,
      `${OUT} }`,
      ['BREAKING removes `Case.x`', 'BREAKING removes the type `X`'],
    ],
    [
      'an answer that may be null now',
      `${OUT} n: [Int!]! }`,
      `${OUT} n: [Int!] }`,
      ['BREAKING changes `Case.n` from [Int!]! to [Int!]'],
    ],
    [
      'an answer that is never null now',
      `${OUT} n: [Int] }`,
      `${OUT} n: [Int!]! }`,
      ['SAFE changes `Case.n` from [Int] to [Int!]!'],
    ],
    [
      'an answer of another type',
      `${OUT} n: Int }`,
      `${OUT} n: String }`,
      ['BREAKING changes `Case.n` from Int to String'],
    ],
    ['an argument that goes', `${OUT} n(a: Int): Int }`, `${OUT} n: Int }`, ['BREAKING removes `Case.n(a:)`']],
    ['an argument that may come', `${OUT} n: Int }`, `${OUT} n(a: Int): Int }`, ['SAFE adds `Case.n(a:)`']],
    [
      'an argument that must come',
      `${OUT} n: Int }`,
      `${OUT} n(a: Int!): Int }`,
      ['BREAKING demands the new `Case.n(a:)`'],
    ],
    [
      'an argument that may not be left out any more',
      `${OUT} n(a: Int): Int }`,
      `${OUT} n(a: Int!): Int }`,
      ['BREAKING changes `Case.n(a:)` from Int to Int!'],
    ],
    [
      'an argument that may be left out now',
      `${OUT} n(a: Int!): Int }`,
      `${OUT} n(a: Int): Int }`,
      ['SAFE changes `Case.n(a:)` from Int! to Int'],
    ],
    [
      'another default',
      `${OUT} n(a: Int = 1): Int }`,
      `${OUT} n(a: Int = 2): Int }`,
      ['DANGEROUS changes the default of `Case.n(a:)` from 1 to 2'],
    ],
    [
      'a default that what is demanded loses',
      `${OUT} n(a: Int! = 1): Int }`,
      `${OUT} n(a: Int!): Int }`,
      ['BREAKING changes the default of `Case.n(a:)` from 1 to none'],
    ],
    [
      'fields of inputs',
      'input I { a: Int b: Int } type Query { f(i: I): Int }',
      'input I { a: Int! c: Int! d: Int } type Query { f(i: I): Int }',
      [
        'BREAKING changes `I.a` from Int to Int!',
        'BREAKING removes `I.b`',
        'BREAKING demands the new `I.c`',
        'SAFE adds `I.d`',
      ],
    ],
    [
      'values of an enum that is answered',
      'enum E { A B } type Query { e: E }',
      'enum E { A C } type Query { e: E }',
      ['BREAKING removes the value `E.B`', 'DANGEROUS adds the value `E.C`'],
    ],
    [
      'a value of an enum that is only given',
      'enum E { A } type Query { f(e: E): Int }',
      'enum E { A B } type Query { f(e: E): Int }',
      ['SAFE adds the value `E.B`'],
    ],
    [
      'members of a union',
      'type A { a: Int } type B { b: Int } union U = A | B type Query { u: U a: A b: B }',
      'type A { a: Int } type B { b: Int } union U = A type Query { u: U a: A b: B }',
      ['BREAKING takes `B` out of the union `U`'],
    ],
    [
      'an interface that a type has no more',
      'interface N { a: Int } type A implements N { a: Int } type Query { n: N a: A }',
      'interface N { a: Int } type A { a: Int } type Query { n: N a: A }',
      ['BREAKING takes the interface `N` from `A`'],
    ],
    [
      'a type of another kind',
      'type A { a: Int } type Query { a: A }',
      'interface A { a: Int } type Query { a: A }',
      ['BREAKING makes `A` an interface in place of an object type'],
    ],
    [
      'deprecation',
      `${OUT} n: Int }`,
      `${OUT} n: Int @deprecated(reason: "Ask dueOn.") }`,
      ['SAFE deprecates `Case.n`: Ask dueOn.'],
    ],
    [
      'a directive of operations',
      'directive @live on QUERY type Query { a: Int }',
      'type Query { a: Int }',
      ['BREAKING removes the directive `@live`'],
    ],
    ['descriptions, which are no change', 'type Query { a: Int }', '"It." type Query { "It." a: Int }', []],
  ])('tells %s', (_what, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  it('tells who loses a field and who gains it', () => {
    const sdl = `${OUT} phone: String }`;
    expect(
      told(sdl, sdl, [
        new Map([['Case.phone', [['OFFICER', 'AUDITOR']]]]),
        new Map([['Case.phone', [['AUDITOR', 'ADMIN']]]]),
      ]),
    ).toEqual(['BREAKING takes `Case.phone` from OFFICER', 'DANGEROUS shows `Case.phone` to ADMIN']);
    expect(told(sdl, sdl, [new Map([['Case.phone', [['ADMIN']]]]), NO_RIGHTS])).toEqual([
      'DANGEROUS shows `Case.phone` to anonymous callers, ENTERPRISE, OFFICER, COORDINATOR, AUDITOR, SERVICE',
    ]);
    expect(told(sdl, sdl, [NO_RIGHTS, new Map([['Case.phone', [['ADMIN'], ['AUDITOR']]]])])).toEqual([
      'BREAKING takes `Case.phone` from anonymous callers, ENTERPRISE, OFFICER, COORDINATOR, AUDITOR, ADMIN, SERVICE',
    ]);
  });

  it('lets a city declare that a new value of an enum breaks', () => {
    const versions = ['enum E { A } type Query { e: E }', 'enum E { A B } type Query { e: E }'].map((sdl) => ({
      schema: buildSchema(sdl),
      rights: NO_RIGHTS,
    }));
    const [before, after] = versions;
    if (before === undefined || after === undefined) throw new Error('two versions');
    expect(schemaChanges(before, after, { enumAdditionsBreak: true })).toEqual([
      expect.objectContaining({ severity: 'BREAKING', coordinate: 'E.B', affects: ['Query.e'] }),
    ]);
  });

  it('names whoever meets a change, also where he does not name what changes', () => {
    const affects = (before: string, after: string): readonly string[] =>
      schemaChanges(
        { schema: buildSchema(before), rights: NO_RIGHTS },
        { schema: buildSchema(after), rights: NO_RIGHTS },
      ).flatMap((change) => change.affects);
    // Whoever asks the field must give the new argument, and whoever gives an input its new field.
    expect(affects('type Query { f: Int }', 'type Query { f(a: Int!): Int }')).toEqual(['Query.f']);
    expect(
      affects(
        'input I { a: Int } input J { i: I } type Query { f(i: I, j: J): Int }',
        'input I { a: Int b: Int! } input J { i: I } type Query { f(i: I, j: J): Int }',
      ),
    ).toEqual(expect.arrayContaining(['Query.f(i:)', 'J.i']));
  });

  it('gives the same change the same id, and another change another one', () => {
    const ids = (after: string): string[] =>
      schemaChanges(
        { schema: buildSchema(`${OUT} dueOn: String }`), rights: NO_RIGHTS },
        { schema: buildSchema(after), rights: NO_RIGHTS },
      ).map(({ id }) => id);
    expect(ids(`${OUT} }`)).toEqual(ids('type Case { id: ID! } type Query { a: Case }'));
    expect(ids(`${OUT} }`)).not.toEqual(ids(`${OUT} dueOn: Int }`));
  });
});
