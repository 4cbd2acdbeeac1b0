// Names that every JavaScript object has, wherever a caller may choose a name.
import { codesOf } from '../client.mjs';
import { verdict } from '../verdict.mjs';

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'then',
  'toJSON',
  'length',
];

export default {
  name: 'prototype',
  what: 'aliases, variables, operation names, addresses and codes named __proto__, constructor and the like',
  run: async ({ ask, send, graph, own }) => {
    const { tried, result } = verdict();
    const truth = (await ask({ query: `{ enterprise(uscc: "${own}") { name } }` })).json.data.enterprise.name;
    const orderly = (answer) =>
      answer.status > 0 &&
      answer.status < 500 &&
      !codesOf(answer).includes('INTERNAL') &&
      !codesOf(answer).includes('DEPARTMENT_UNAVAILABLE');
    for (const name of NAMES) {
      const aliased = await ask({ query: `{ ${name}: enterprise(uscc: "${own}") { ${name}: name a: uscc } }` });
      // Read from the text, because JSON.parse and property access treat some of the names as their own.
      const said = aliased.text.includes(`"${name}":${JSON.stringify(truth)}`);
      tried(
        orderly(aliased) && (said || codesOf(aliased).includes('BAD_USER_INPUT')),
        `the alias ${name} is not answered: HTTP ${aliased.status} ${aliased.text.slice(0, 120)}`,
      );
      const questions = [
        `{"query":"query ($${name}: ID!) { enterprise(uscc: $${name}) { name } }","variables":{"${name}":"${own}"}}`,
        `{"query":"query ($u: ID!) { enterprise(uscc: $u) { name } }","variables":{"u":"${own}","${name}":{"isAdmin":true,"roles":["AUDITOR"]}}}`,
        `{"query":"query ($f: EnterpriseFilter) { enterprises(first: 1, filter: $f) { totalCount } }","variables":{"f":{"${name}":{"scale":"LARGE"}}}}`,
        `{"query":"{ __typename }","operationName":"${name}"}`,
        `{"${name}":{"query":"{ __typename }"},"query":"{ __typename }"}`,
        `{"query":"{ ${name} }"}`,
        `{"query":"{ enterprise(uscc: \\"${name}\\") { name } department(code: \\"${name}\\") { name } }"}`,
        `{"query":"{ __type(name: \\"${name}\\") { name } }"}`,
        `{"query":"{ __typename }","extensions":{"${name}":{}}}`,
      ];
      for (const question of questions) {
        const answer = await ask(question);
        tried(orderly(answer), `${question.slice(0, 80)}: HTTP ${answer.status} ${codesOf(answer).join()}`);
      }
      for (const path of [
        `/graphiql/${name}`,
        `/${name}`,
        `/graphql/${name}`,
        `/health/${name}`,
        `/graphiql/..%2f..%2fpackage.json`,
        `/graphiql/%00`,
      ]) {
        const answer = await send({ url: new URL(path, graph).href, method: 'GET' });
        tried(answer.status >= 400 && answer.status < 500, `GET ${path}: HTTP ${answer.status}`);
      }
    }
    const after = await ask({ query: `{ enterprise(uscc: "${own}") { name cases { totalCount } } }` });
    tried(
      after.json?.data?.enterprise?.name === truth && after.json.data.enterprise.cases === null,
      'an anonymous caller sees more than before',
    );
    return result();
  },
};
