import { isListType, isNonNullType, isObjectType, Kind, parse, type GraphQLOutputType } from 'graphql';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { typeDefs } from '../../../subgraphs/enterprises/src/server.js';
import { enterprise, enterprisesUnderTest, type EnterprisesUnderTest } from '../support/enterprises-under-test.js';

const schema = buildSubgraphSchema({ typeDefs: parse(typeDefs) });
const type = schema.getType('Enterprise');
if (!isObjectType(type)) throw new Error('no Enterprise');

const named = (output: GraphQLOutputType): GraphQLOutputType =>
  isListType(output) || isNonNullType(output) ? named(output.ofType as GraphQLOutputType) : output;
/** `{ __typename }` where a field answers objects. */
const below = (output: GraphQLOutputType): string => (isObjectType(named(output)) ? ' { __typename }' : '');

const rolesOf = (field: string): string[] => {
  const access = type.getFields()[field]?.astNode?.directives?.find(({ name }) => name.value === 'access');
  const roles = access?.arguments?.[0]?.value;
  return roles?.kind === Kind.LIST ? roles.values.flatMap((role) => (role.kind === Kind.ENUM ? [role.value] : [])) : [];
};
/** Every field of an enterprise that its role opens to enterprises, though each to its own record only. */
const OWN_ONLY = Object.values(type.getFields()).filter(({ name }) => rolesOf(name).includes('ENTERPRISE'));

let hub: EnterprisesUnderTest;
beforeAll(async () => void (hub = await enterprisesUnderTest(import.meta.url, 200)));
afterAll(async () => hub.close());

describe('what one enterprise sees of another', () => {
  it('is nothing, field by field and by every way to it', async () => {
    const [mine, theirs] = hub.city.enterprises;
    const actor = enterprise(mine?.uscc ?? '');
    const selection = OWN_ONLY.map(({ name, type: output }) => `${name}${below(output)}`).join(' ');
    const bySearch = `{ enterprises(filter: { uscc: ["${theirs?.uscc ?? ''}"] }) { nodes { ${selection} } } }`;
    const byReference = `{ _entities(representations: [{ __typename: "Enterprise", uscc: "${theirs?.uscc ?? ''}" }]) { ... on Enterprise { ${selection} } } }`;
    const byCode = `{ enterprise(uscc: "${theirs?.uscc ?? ''}") { ${selection} } }`;
    const nothing = Object.fromEntries(OWN_ONLY.map(({ name }) => [name, null]));
    // The version is told to policies, which refuses by itself: here it is silent.
    const refused = OWN_ONLY.map(({ name }) => name)
      .filter((name) => name !== 'factsVersion')
      .sort();
    for (const query of [byCode, byReference, bySearch]) {
      const { data, errors } = await hub.ask(query, { actor });
      expect(JSON.stringify(data)).toContain(JSON.stringify(nothing));
      expect(
        errors?.map(({ path, extensions }) => `${String(path?.at(-1))} ${String(extensions?.['code'])}`).sort(),
      ).toEqual(refused.map((name) => `${name} FORBIDDEN`));
    }
  });

  it('is all of it for its own record', async () => {
    const [mine] = hub.city.enterprises;
    const { errors } = await hub.ask(
      `{ enterprise(uscc: "${mine?.uscc ?? ''}") { ${OWN_ONLY.map(({ name, type: output }) => `${name}${below(output)}`).join(' ')} } }`,
      { actor: enterprise(mine?.uscc ?? '') },
    );
    expect(errors).toBeUndefined();
  });

  it('includes the history of facts and the projects, which have rules of their own nowhere else', () => {
    expect(OWN_ONLY.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['factHistory', 'projects', 'facts', 'contact', 'steward']),
    );
  });
});
