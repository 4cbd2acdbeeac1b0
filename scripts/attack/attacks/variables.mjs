// Variables and bodies that are deep, large or not what JSON numbers can be; none may switch a department off for
// others.
import { codesOf, excerpt, isRefused } from '../client.mjs';
import { verdict } from '../verdict.mjs';

const nested = (levels, open, close, core = '1') => `${open.repeat(levels)}${core}${close.repeat(levels)}`;

export default {
  name: 'variables',
  what: 'deep and large variables, deep JSON, numbers beyond every limit, null where a default stands',
  run: async ({ ask, own, neighbourIsAnswered }) => {
    const { tried, result } = verdict();
    const body = (query, variables) => `{"query":${JSON.stringify(query)},"variables":${variables}}`;
    const list = 'query ($f: EnterpriseFilter) { enterprises(first: 1, filter: $f) { totalCount } }';
    const one = 'query ($u: ID!) { enterprise(uscc: $u) { name } }';
    const page = 'query ($n: Int = 3) { enterprises(first: $n) { totalCount } }';
    const refused = {
      'a filter nested 5,000 times': body(list, `{"f":${nested(5_000, '{"scale":', '}')}}`),
      'a list nested 50,000 times': body(list, `{"f":${nested(50_000, '[', ']')}}`),
      'a body of 100,000 brackets': '['.repeat(100_000),
      'a body of 100,000 closed brackets': nested(100_000, '[', ']', ''),
      'a body of 40,000 nested objects': nested(40_000, '{"a":', '}'),
      'an identifier that is an object': body(one, `{"u":${nested(2_000, '{"a":', '}')}}`),
      'a page of 2^31': body(page, '{"n":2147483648}'),
      'a page of 1e999': body(page, '{"n":1e999}'),
      'a page of 1e21': body(page, '{"n":1e21}'),
      'a page of a half': body(page, '{"n":0.5}'),
      'a page as text': body(page, '{"n":"3"}'),
      'a page of minus one': body(page, '{"n":-1}'),
      'variables that are a list': body(one, '[1]'),
      'a query that is an object': '{"query":{"a":1}}',
      'a date that is none': body('query ($d: Date!) { commitmentAudit(asOf: $d) { asOf } }', '{"d":"2026-02-31"}'),
      'a date that is deep': body(
        'query ($d: Date!) { commitmentAudit(asOf: $d) { asOf } }',
        `{"d":${nested(3_000, '[', ']')}}`,
      ),
    };
    for (const [what, text] of Object.entries(refused)) {
      // Six times each: five failures in a row would have a department left alone.
      for (let turn = 0; turn < 6; turn++) {
        const answer = await ask(text);
        tried(
          isRefused(answer),
          `${what}: HTTP ${answer.status}, ${codesOf(answer).join(', ') || excerpt(answer.text)}`,
        );
      }
      tried(await neighbourIsAnswered(), `${what}: a department was switched off for a neighbour`);
    }
    const orderly = {
      'null for a variable with a default': body(page, '{"n":null}'),
      'an unknown variable': body(one, `{"u":"${own}","other":${nested(100, '[', ']')}}`),
      'a code of 100,000 characters': body(one, `{"u":"${'9'.repeat(100_000)}"}`),
      'a code of control characters': body(one, '{"u":"\\u0000\\u202e\\ud800"}'),
    };
    for (const [what, text] of Object.entries(orderly)) {
      const answer = await ask(text);
      tried(
        answer.status < 500 &&
          answer.status > 0 &&
          !codesOf(answer).includes('INTERNAL') &&
          !codesOf(answer).includes('DEPARTMENT_UNAVAILABLE'),
        `${what}: HTTP ${answer.status}, ${codesOf(answer).join(', ')}`,
      );
    }
    return result();
  },
};
