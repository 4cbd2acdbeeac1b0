// What one enterprise, or nobody, learns of another through each field of the graph that takes its code.
import { getNamedType } from 'graphql';
import { codesOf } from '../client.mjs';
import { argumentsOf, selectionOf } from '../valid-arguments.mjs';
import { verdict } from '../verdict.mjs';

/** Lists of cards, which everybody may read; what stands on a card is asked below, field by field. */
const CARDS = ['enterprise', 'enterprises', 'searchEnterprises'];
/** The contract: nothing about one enterprise beyond its card is public. */
const CARD = [
  ...['uscc', 'name', 'industry', 'industryClass', 'region', 'administrativeDivision', 'scale', 'status'],
  '__typename',
];

export default {
  name: 'foreign-enterprises',
  what: "another enterprise's code in every root field and in every field of Enterprise, by an enterprise and by nobody",
  run: async ({ ask, schema, token, own, foreign }) => {
    const { tried, result } = verdict();
    const strangers = [
      { who: 'another enterprise', token: await token('ENTERPRISE', { uscc: own }) },
      { who: 'nobody', token: undefined },
    ];
    const roots = Object.values(schema.getQueryType().getFields()).filter(
      ({ name, args }) => !CARDS.includes(name) && args.some((arg) => takesCode(arg.type, arg.name)),
    );
    const fields = Object.values(schema.getType('Enterprise').getFields()).filter(({ name }) => !CARD.includes(name));
    for (const stranger of strangers) {
      for (const root of roots) {
        const given = argumentsOf(root.args, { uscc: foreign });
        const answer = await ask(
          {
            query: `{ ${root.name}(${given === '' ? `filter: { uscc: "${foreign}" }` : given}) { ${selectionOf(getNamedType(root.type))} } }`,
          },
          { token: stranger.token },
        );
        tried(
          tells(answer.json?.data?.[root.name]) === false,
          `${root.name} tells ${stranger.who}: ${JSON.stringify(answer.json?.data?.[root.name])?.slice(0, 120)}`,
        );
      }
      for (const field of fields) {
        const given = argumentsOf(field.args, { uscc: foreign });
        const named = getNamedType(field.type);
        const selection = named.getFields === undefined ? '' : ` { ${selectionOf(named)} }`;
        const answer = await ask(
          {
            query: `query ($u: ID!) { enterprise(uscc: $u) { ${field.name}${given === '' ? '' : `(${given})`}${selection} } }`,
            variables: { u: foreign },
          },
          { token: stranger.token },
        );
        const value = answer.json?.data?.enterprise?.[field.name] ?? null;
        const codes = codesOf(answer);
        const isOpen = value !== null && !isEmpty(value);
        tried(
          !isOpen || isPublic(field),
          `Enterprise.${field.name} tells ${stranger.who}: ${JSON.stringify(value).slice(0, 120)}`,
        );
        tried(!codes.includes('INTERNAL'), `Enterprise.${field.name} for ${stranger.who}: INTERNAL`);
      }
    }
    return result();
  },
};

/** What the field's own description calls public. */
const isPublic = ({ description }) => /public/i.test(description ?? '');

const takesCode = (type, name) =>
  /uscc/i.test(name) || Object.values(getNamedType(type).getFields?.() ?? {}).some((field) => /uscc/i.test(field.name));

/** True when something in it is more than nulls, zeros and empty lists. */
const tells = (value) => value !== null && value !== undefined && !isEmpty(value);

function isEmpty(value) {
  if (value === null || value === 0 || value === false || value === '') return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  if (typeof value === 'object')
    return Object.entries(value).every(
      ([name, one]) => name === '__typename' || name === 'hasNextPage' || name === 'hasPreviousPage' || isEmpty(one),
    );
  return false;
}
