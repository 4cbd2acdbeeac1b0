// Cursors of other lists, with other types inside, or none at all, at every list of the graph.
import { getNamedType } from 'graphql';
import { codesOf } from '../client.mjs';
import { argumentsOf } from '../valid-arguments.mjs';
import { verdict } from '../verdict.mjs';

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const CURSORS = [
  '',
  'x',
  '====',
  encode('null'),
  encode('[]'),
  encode('{}'),
  encode([null]),
  encode([[]]),
  encode([{ $gt: '' }]),
  encode([{ $where: 'sleep(1000)' }]),
  encode([1e308, -1]),
  encode(['a'.repeat(5_000)]),
  encode(['', '', '', '', '', '']),
  encode({ k: [{ $ne: null }], l: 'x' }),
  encode('['.repeat(2_000)),
  encode([true, false]),
  encode(['13812345678']),
  `${'A'.repeat(4_000)}`,
];

export default {
  name: 'cursors',
  what: 'cursors with foreign types, of other lists, or made up, at every list of the graph',
  run: async ({ ask, schema, token, own, short }) => {
    const { tried, result } = verdict();
    const auditor = await token('AUDITOR');
    const roots = Object.values(schema.getQueryType().getFields()).filter(({ args }) =>
      args.some(({ name }) => name === 'after'),
    );
    const ofAnother =
      (await ask({ query: '{ enterprises(first: 1) { pageInfo { endCursor } } }' }, { token: auditor })).json?.data
        ?.enterprises?.pageInfo?.endCursor ?? 'x';
    for (const field of roots) {
      if (getNamedType(field.type).getFields?.().totalCount === undefined) continue;
      const given = argumentsOf(
        field.args.filter(({ name }) => name !== 'after' && name !== 'before'),
        { uscc: own },
      );
      const cursors = [
        ...(short ? CURSORS.filter((_, at) => at % 3 === 1 || at === 8) : CURSORS),
        ...(field.name === 'enterprises' ? [] : [ofAnother]),
      ];
      for (const cursor of cursors) {
        const query = `{ ${field.name}(${given === '' ? '' : `${given}, `}after: ${JSON.stringify(cursor)}) { totalCount pageInfo { endCursor } } }`;
        const answer = await ask({ query }, { token: auditor });
        const codes = codesOf(answer);
        tried(
          answer.status > 0 &&
            answer.status < 500 &&
            codes.length > 0 &&
            codes.every((code) => ['BAD_USER_INPUT', 'NOT_FOUND', 'FORBIDDEN'].includes(code)),
          `${field.name} after ${JSON.stringify(cursor.slice(0, 30))}: HTTP ${answer.status} ${codes.join() || 'answered'}`,
        );
      }
    }
    return result();
  },
};
