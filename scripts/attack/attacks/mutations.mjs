// Every mutation of the graph by everybody, with arguments that the schema accepts and that name somebody else's
// things.
import { getNamedType } from 'graphql';
import { codesOf } from '../client.mjs';
import { argumentsOf, selectionOf } from '../valid-arguments.mjs';
import { verdict } from '../verdict.mjs';

/** By the contract's table of roles: who changes nothing at all. An auditor may refer what it found. */
const NEVER = {
  null: () => true,
  AUDITOR: (mutation) => !/refer/i.test(mutation),
};
/** A department that does not exist owns nothing. */
const OWNS_NOTHING = /NOSUCH/;
/** What the authorities write about an enterprise, and a bank never. */
const AUTHORITIES = /facts|dishonest|judgment|arrear|commitment/i;

export default {
  name: 'mutations',
  what: "every mutation by every role, for an enterprise that is not the caller's",
  run: async ({ ask, schema, callers, foreign, short }) => {
    const { tried, result } = verdict();
    const mutations = Object.values(schema.getMutationType().getFields());
    const everybody = await callers();
    for (const [row, field] of mutations.entries()) {
      for (const [column, { who, role, token }] of everybody.entries()) {
        // Every caller meets every third mutation, and every mutation several callers.
        if (short && (row + column) % 3 !== 0) continue;
        const given = argumentsOf(field.args, { uscc: foreign });
        const query = `mutation { ${field.name}${given === '' ? '' : `(${given})`} { ${selectionOf(getNamedType(field.type))} } }`;
        const answer = await ask({ query }, { token });
        const codes = codesOf(answer);
        const payload = answer.json?.data?.[field.name];
        const happened =
          codes.length === 0 && payload !== null && payload !== undefined && (payload.refusal ?? null) === null;
        tried(
          answer.status > 0 && answer.status < 500 && !codes.includes('INTERNAL'),
          `${field.name} by ${who}: HTTP ${answer.status} ${codes.join()}`,
        );
        tried(
          !codes.includes('BAD_USER_INPUT') ||
            !/Syntax Error|Cannot query field|is required but not provided/.test(answer.text),
          `${field.name}: the attack's own operation is not valid: ${answer.text.slice(0, 200)}`,
        );
        const isForeign = role === 'ENTERPRISE' && given.includes(foreign);
        const isBank = who === 'OFFICER RMYH' && AUTHORITIES.test(field.name);
        const forbidden = NEVER[String(role)]?.(field.name) === true || OWNS_NOTHING.test(who) || isForeign || isBank;
        tried(!(happened && forbidden), `${field.name} was done for ${who}: ${JSON.stringify(payload)?.slice(0, 120)}`);
      }
    }
    return result();
  },
};
