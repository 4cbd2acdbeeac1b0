// What departments say to the gateway and nobody else: inaccessible fields, entities by reference, federation's own
// fields.
import { parse } from 'graphql';
import { codesOf } from '../client.mjs';
import { verdict } from '../verdict.mjs';

export default {
  name: 'inner-schema',
  what: 'inaccessible fields by name, alias and introspection; _entities, _service and join types',
  run: async ({ ask, schema, supergraph, own, token }) => {
    const { tried, result } = verdict();
    const auditor = await token('AUDITOR');
    const isHidden = ({ directives = [] }) => directives.some(({ name }) => name.value === 'inaccessible');
    const hidden = parse(supergraph).definitions.flatMap(({ name, fields = [] }) =>
      fields.filter(isHidden).map((field) => [name.value, field.name.value]),
    );
    for (const [type, field] of hidden) {
      const known = schema.getType(type)?.getFields?.()[field];
      tried(known === undefined, `${type}.${field} shows in introspection`);
      if (type !== 'Enterprise') continue;
      for (const selection of [field, `name: ${field}`, `... on Enterprise { a: ${field} }`]) {
        const answer = await ask({ query: `{ enterprise(uscc: "${own}") { ${selection} } }` }, { token: auditor });
        tried(
          codesOf(answer).includes('BAD_USER_INPUT') && (answer.json.data ?? null) === null,
          `${type}.${field} is answered as ${selection}`,
        );
        tried(!answer.text.includes(`Did you mean "${field}"`), `${type}.${field} is named in an error`);
      }
    }
    for (const query of [
      '{ _service { sdl } }',
      `{ _entities(representations: [{ __typename: "Enterprise", uscc: "${own}" }]) { __typename } }`,
      'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      '{ __schema { types { name fields { secret } } } }',
      'subscription { __typename }',
    ]) {
      const answer = await ask({ query }, { token: auditor });
      tried(
        answer.status < 500 && codesOf(answer).every((code) => code === 'BAD_USER_INPUT') && codesOf(answer).length > 0,
        `${query}: HTTP ${answer.status} ${codesOf(answer).join() || 'answered'}`,
      );
    }
    for (const name of Object.keys(schema.getTypeMap()))
      tried(!/^(join__|link__|_Any$|_Entity$|_Service$)/.test(name), `the type ${name} shows in introspection`);
    // An address that the hub would call, given by whoever may write: there is none in the graph.
    for (const field of Object.values(schema.getMutationType().getFields()))
      tried(
        !field.args.some(({ name }) => /url|webhook|callback/i.test(name)),
        `${field.name} takes an address that the hub would call`,
      );
    return result();
  },
};
