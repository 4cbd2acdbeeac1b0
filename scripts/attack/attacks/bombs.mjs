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
    const doubling = (levels) =>
      `{ ${enterprise} { ...F0 } } ${times(levels, (at) => `fragment F${at} on Enterprise { ...F${at + 1} ...F${at + 1} }`)} fragment F${levels} on Enterprise { name }`;
    const long = 'n'.repeat(100_000);
    const bombs = {
      'aliases of a field': `{ ${enterprise} { ${times(500, (at) => `a${at}: name`)} } }`,
      'aliases of a root field': `{ ${times(200, (at) => `a${at}: ${enterprise} { name }`)} }`,
      'twenty aliases over four departments in fifty rows': `{ ${times(20, (at) => `a${at}: enterprises(first: 200) { nodes { cases(first: 50) { totalCount nodes { caseNumber } } matchedPolicies(first: 50) { nodes { policy { title } } } outstandingCommitments(first: 50) { nodes { id } } } }`)} }`,
      'directives on a field': `{ ${enterprise} { name ${times(2_000, () => '@include(if: true)')} } }`,
      'directives that do not exist': `{ ${enterprise} { name ${times(1_000, (at) => `@d${at}`)} } }`,
      'a directive twice on a field': `{ ${enterprise} { name @include(if: true) @include(if: true) } }`,
      'a directive twice on a fragment': `{ ${enterprise} { ...F @skip(if: false) @skip(if: false) } } fragment F on Enterprise { name }`,
      'directives on an operation': `query ${times(2_000, () => '@include(if: true)')} { ${enterprise} { name } }`,
      'a very long alias in each row of a list': `{ enterprises(first: 200) { nodes { ${long}: name } } }`,
      'a very long name of a field': `{ ${enterprise} { ${long} } }`,
      'a very long name of an operation': `query ${long} { ${enterprise} { name } }`,
      'a very long name of a fragment': `{ ${enterprise} { ...${long} } } fragment ${long} on Enterprise { name }`,
      'a very long name of a variable': `query ($${long}: ID!) { enterprise(uscc: $${long}) { name } }`,
      'a very long name of a directive': `{ ${enterprise} { name @${long} } }`,
      'fifty long names that do not exist': `{ ${enterprise} { ${times(50, (at) => `${'n'.repeat(3_000)}${at}`)} } }`,
      depth: `{ ${enterprise} { ${'department { enterprises { '.repeat(400)} code ${'} } '.repeat(400)} } }`,
      'depth by policies and their enterprises': `{ policies(first: 50) { nodes { ${'eligibleEnterprises(first: 50) { nodes { matchedPolicies(first: 50) { nodes { policy { '.repeat(4)} id ${'} } } } } '.repeat(4)} } } }`,
      'a fragment that holds itself': `{ ${enterprise} { ...A } } fragment A on Enterprise { ...A }`,
      'two fragments that hold each other': `{ ${enterprise} { ...A } } fragment A on Enterprise { ...B } fragment B on Enterprise { ...A }`,
      'a circle through fields': `{ ${enterprise} { ...A } } fragment A on Enterprise { region { code } cases(first: 1) { nodes { enterprise { ...A } } } }`,
      'inline fragments in one another': `{ ${enterprise} { ${'... on Enterprise { '.repeat(1_000)} name ${'}'.repeat(1_000)} } }`,
      'a circle of a thousand fragments': `{ ${enterprise} { ...F0 } } ${times(1_000, (at) => `fragment F${at} on Enterprise { ...F${(at + 1) % 1_000} }`)}`,
      'ten thousand tokens': `{ ${enterprise} { ${times(10_000, () => 'name')} } }`,
      'many names for one operation': times(300, (at) => `query Q${at} { __typename }`),
      'nested lists in an argument': `{ enterprises(filter: { scale: ${'['.repeat(5_000)}${']'.repeat(5_000)} }) { totalCount } }`,
      'a page of a million': '{ enterprises(first: 1000000) { nodes { uscc } } }',
    };
    for (const [what, query] of Object.entries(bombs)) {
      const started = performance.now();
      const answer = await ask({ query });
      tried(
        isRefused(answer),
        `${what}: HTTP ${answer.status}, ${codesOf(answer).slice(0, 3).join(', ') || 'answered'}`,
      );
      tried(performance.now() - started < ANSWER_MS, `${what}: took ${Math.round(performance.now() - started)} ms`);
    }
    // Fragments that double: either refused, or counted as what they are (one field).
    for (const levels of [12, 25, 60]) {
      const started = performance.now();
      const answer = await ask({ query: doubling(levels) });
      tried(
        isRefused(answer) || answer.json?.data?.enterprise !== undefined,
        `fragments doubling ${levels} times: HTTP ${answer.status}`,
      );
      tried(
        performance.now() - started < ANSWER_MS,
        `fragments doubling ${levels} times took ${Math.round(performance.now() - started)} ms`,
      );
    }
    // A chain of fragments, each in the next: either refused, or the one field at its end.
    for (const levels of [50, 300, 600]) {
      const started = performance.now();
      const answer = await ask({
        query: `{ ${enterprise} { ...F0 } } ${times(levels, (at) => `fragment F${at} on Enterprise { ...F${at + 1} }`)} fragment F${levels} on Enterprise { name }`,
      });
      tried(
        isRefused(answer) || typeof answer.json?.data?.enterprise?.name === 'string',
        `a chain of ${levels} fragments: HTTP ${answer.status}`,
      );
      tried(
        performance.now() - started < ANSWER_MS,
        `a chain of ${levels} fragments took ${Math.round(performance.now() - started)} ms`,
      );
    }
    return result();
  },
};
