// Small documents that ask for much: aliases, fragments, directives, depth, cycles.
import { codesOf, isRefused } from '../client.mjs';
import { verdict } from '../verdict.mjs';

const ANSWER_MS = 10_000;

export default {
  name: 'bombs',
  what: 'bombs of aliases, fragments, directives, depth, cycles, names and root fields',
  run: async ({ ask, own }) => {
    const { tried, result } = verdict();
    const enterprise = `enterprise(uscc: "${own}")`;
    const times = (count, make) => Array.from({ length: count }, (_, at) => make(at)).join(' ');
    const doubling = (levels) => `{ ${enterprise} { ...F0 } } ${times(levels, (at) => `fragment F${at} on Enterprise { ...F${at + 1} ...F${at + 1} }`)} fragment F${levels} on Enterprise { name }`;
    const bombs = {
      'aliases of a field': `{ ${enterprise} { ${times(500, (at) => `a${at}: name`)} } }`,
      'aliases of a root field': `{ ${times(200, (at) => `a${at}: ${enterprise} { name }`)} }`,
      'twenty aliases over four departments in fifty rows': `{ ${times(20, (at) => `a${at}: enterprises(first: 200) { nodes { cases(first: 50) { totalCount nodes { caseNumber } } matchedPolicies(first: 50) { nodes { policy { title } } } outstandingCommitments(first: 50) { nodes { id } } } }`)} }`,
      'directives on a field': `{ ${enterprise} { name ${times(2_000, () => '@include(if: true)')} } }`,
      'directives that do not exist': `{ ${enterprise} { name ${times(1_000, (at) => `@d${at}`)} } }`,
      'depth': `{ ${enterprise} { ${'department { enterprises { '.repeat(400)} code ${'} } '.repeat(400)} } }`,
      'depth by policies and their enterprises': `{ policies(first: 50) { nodes { ${'eligibleEnterprises(first: 50) { nodes { matchedPolicies(first: 50) { nodes { policy { '.repeat(4)} id ${'} } } } } '.repeat(4)} } } }`,
      'a fragment that holds itself': `{ ${enterprise} { ...A } } fragment A on Enterprise { ...A }`,
      'a circle of a thousand fragments': `{ ${enterprise} { ...F0 } } ${times(1_000, (at) => `fragment F${at} on Enterprise { ...F${(at + 1) % 1_000} }`)}`,
      'ten thousand tokens': `{ ${enterprise} { ${times(10_000, () => 'name')} } }`,
      'many names for one operation': times(300, (at) => `query Q${at} { __typename }`),
      'nested lists in an argument': `{ enterprises(filter: { scale: ${'['.repeat(5_000)}${']'.repeat(5_000)} }) { totalCount } }`,
      'a page of a million': '{ enterprises(first: 1000000) { nodes { uscc } } }',
    };
    for (const [what, query] of Object.entries(bombs)) {
      const started = performance.now();
      const answer = await ask({ query });
      tried(isRefused(answer), `${what}: HTTP ${answer.status}, ${codesOf(answer).slice(0, 3).join(', ') || 'answered'}`);
      tried(performance.now() - started < ANSWER_MS, `${what}: took ${Math.round(performance.now() - started)} ms`);
    }
    // Fragments that double: either refused, or counted as what they are (one field).
    for (const levels of [12, 25, 60]) {
      const started = performance.now();
      const answer = await ask({ query: doubling(levels) });
      tried(isRefused(answer) || answer.json?.data?.enterprise !== undefined, `fragments doubling ${levels} times: HTTP ${answer.status}`);
      tried(performance.now() - started < ANSWER_MS, `fragments doubling ${levels} times took ${Math.round(performance.now() - started)} ms`);
    }
    return result();
  },
};
