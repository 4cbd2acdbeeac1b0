import { buildSchema, parse, print } from 'graphql';
import { contractView, tagTable } from '../../../gateway/src/contracts/contract.js';
import { CompositionRefused, composeSupergraph } from '../../../gateway/src/supergraph/compose.js';

const TAG =
  'directive @tag(name: String!) repeatable on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE\n';
const P = '@tag(name: "public")';
const G = '@tag(name: "government")';

/** What the contract `public` makes of a graph. */
function view(sdl: string): { sdl: string | undefined; faults: readonly string[] } {
  const tags = tagTable(sdl);
  const untagged = parse(sdl.replaceAll(/ ?@tag\(name: "\w+"\)/g, ''), { noLocation: true });
  const { document, faults } = contractView(untagged, { name: 'public', shown: ['public'], tags });
  return { sdl: document === undefined ? undefined : print(document), faults };
}
const plain = (sdl: string): string => print(parse(sdl));

describe('a contract', () => {
  it('shows the fields that have its tag and what they need, and no more', () => {
    const { sdl, faults } = view(`${TAG}
      type Query { a(by: By): A ${P} b: B hidden: Int }
      type A { x: Int ${P} y: Int secret: C }
      type B { z: Int ${P} }
      type C { c: Int }
      enum By { NAME AGE }
      enum Other { THING }
      input In { i: Int }
      type Mutation { change(in: In): Int }
    `);
    expect({ sdl, faults }).toEqual({
      sdl: plain('type Query { a(by: By): A } type A { x: Int } enum By { NAME AGE }'),
      faults: [],
    });
  });

  it('leaves out arguments, input fields and enum values whose own tags are not among its tags', () => {
    const { sdl, faults } = view(`${TAG}
      type Query { a(in: In, secret: Secret ${G}, mode: Mode = OPEN): Int ${P} }
      input In { shown: Int hidden: Secret ${G} }
      input Secret { s: Int }
      enum Mode { OPEN SEALED ${G} }
    `);
    expect({ sdl, faults }).toEqual({
      sdl: plain('type Query { a(in: In, mode: Mode = OPEN): Int } input In { shown: Int } enum Mode { OPEN }'),
      faults: [],
    });
  });

  it('is not there when nothing can be asked in it', () => {
    expect(view(`${TAG} type Query { a: Int } type A { x: Int ${P} }`)).toEqual({ sdl: undefined, faults: [] });
  });

  it.each([
    [
      'a field of a type of which nothing is shown',
      `type Query { a: A ${P} } type A { x: Int }`,
      'Query.a shows A, of which the contract "public" shows nothing.',
    ],
    [
      'an answer that can be a value that is not shown',
      `type Query { mode: Mode ${P} } enum Mode { OPEN SEALED ${G} }`,
      'Query.mode can answer Mode.SEALED, which the contract "public" does not show.',
    ],
    [
      'an interface behind which a type is hidden',
      `type Query { a: I ${P} } interface I { x: Int ${P} } type A implements I { x: Int ${P} } type B implements I { x: Int }`,
      'I can be a B, of which the contract "public" shows nothing.',
    ],
    [
      'a union of which a member is hidden',
      `type Query { a: U ${P} } union U = A | B type A { x: Int ${P} } type B { x: Int }`,
      'U can be a B, of which the contract "public" shows nothing.',
    ],
    [
      'an interface’s field that an implementing type hides',
      `type Query { a: I ${P} } interface I { x: Int ${P} y: Int ${P} } type A implements I { x: Int ${P} y: Int }`,
      'Interface field I.y expected but A does not provide it. (public)',
    ],
    [
      'an argument that must be given',
      `type Query { a(by: Int! ${G}): Int ${P} }`,
      'Query.a(by:) must be given, and the contract "public" does not show it.',
    ],
    [
      'an input field that must be given',
      `type Query { a(in: In): Int ${P} } input In { x: Int y: Int! ${G} }`,
      'In.y must be given, and the contract "public" does not show it.',
    ],
    [
      'a default that is hidden',
      `type Query { a(mode: Mode = SEALED): Int ${P} } enum Mode { OPEN SEALED ${G} }`,
      'Query.a(mode:) has a default that the contract "public" does not show.',
    ],
  ])('is not closed with %s', (_what, sdl, fault) => {
    expect(view(`${TAG}${sdl}`).faults).toEqual([fault]);
  });

  it('lets an argument be hidden that has a default', () => {
    const { sdl } = view(`${TAG} type Query { a(by: Int! = 3 ${G}): Int ${P} }`);
    expect(sdl).toBe(plain('type Query { a: Int }'));
  });
});

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag"])';
const problems = (...sdls: string[]): readonly string[] => {
  try {
    composeSupergraph(sdls.map((sdl, at) => ({ name: `d${at}`, url: `http://d${at}`, sdl: `${LINK} ${sdl}` })));
    return [];
  } catch (error) {
    if (error instanceof CompositionRefused) return error.problems;
    throw error;
  }
};

describe('composition', () => {
  it('refuses a contract that is not closed, and names the department', () => {
    expect(problems(`type Query { "A." a: A ${P} } "A." type A { "X." x: Int }`)).toEqual([
      'Query.a shows A, of which the contract "public" shows nothing. (d0)',
      'Query.a shows A, of which the contract "enterprise" shows nothing. (d0)',
    ]);
  });

  it('refuses a tag that is none, and names the department', () => {
    expect(problems('type Query { "A." a: Int @tag(name: "Public") }')).toEqual([
      'd0: The tag "Public" is none of a contract: public, enterprise, government.',
    ]);
  });

  it('gives one department’s tag on a shared type to none of the fields that another adds', () => {
    const sdl = composeSupergraph([
      {
        name: 'one',
        url: 'http://one',
        sdl: `${LINK} type Query @tag(name: "public") { "A." a: A } "A." type A @key(fields: "id") @tag(name: "public") { "Id." id: ID! }`,
      },
      {
        name: 'two',
        url: 'http://two',
        sdl: `${LINK} "A." type A @key(fields: "id") { "Id." id: ID! "S." secret: Int }`,
      },
    ]);
    expect([...tagTable(sdl).keys()].toSorted()).toEqual(['A.id', 'Query.a']);
    expect(() => buildSchema(sdl)).not.toThrow();
  });
});
