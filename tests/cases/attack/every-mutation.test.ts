import { readFileSync } from 'node:fs';
import { Kind, parse, type InputObjectTypeDefinitionNode, type TypeNode } from 'graphql';
import { z } from 'zod';
import { typeDefs } from '../../../subgraphs/cases/src/server.js';
import { actorOf, CALLERS } from '../../rights/callers.js';
import { caseScenarios, TODAY } from '../../rights/scenarios/cases.js';
import { declaredMutations, type DeclaredMutation } from '../../rights/sdl-mutations.js';
import { freshKey } from '../../rights/write-rights.js';
import { CITY_DEPARTMENTS } from '../../support/told-register.js';
import { USCC } from '../support/a-case.js';
import { casesUnderTest, type CasesUnderTest } from '../support/cases-under-test.js';

/*
 * Every mutation that the schema has, each with somebody's name and telephone number in every text that it takes: none
 * of them is sent or logged. A mutation that is new is among them by itself.
 */
const SAID = '欧阳青莲13812345678恒达0715-8123456';
const PERSONAL = /欧阳|青莲|恒达|1381234567|8123456|91110000600037341L/i;
/** Texts of a form of their own, in which nobody can write that. */
const NO_WORDS = new Set([
  'idempotencyKey',
  'contactPhone',
  'region',
  'homeRegion',
  'industry',
  'seedHash',
  'seed',
  'evidence',
  'attachments',
  'content',
  'document',
  'column',
]);
/** Cells of a refused row in which words stand. */
const WORDY_COLUMNS: readonly unknown[] = ['诉求标题', '诉求内容'];

type Input = Record<string, unknown>;
const roles = z.record(z.string(), z.record(z.string(), z.object({ may: z.array(z.enum(CALLERS)) })));
const TABLE = roles.parse(JSON.parse(readFileSync(new URL('../../rights/mutations.json', import.meta.url), 'utf8')));
const MUTATIONS = declaredMutations(typeDefs);
const INPUTS = new Map(
  parse(typeDefs).definitions.flatMap((definition): [string, InputObjectTypeDefinitionNode][] =>
    definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? [[definition.name.value, definition]] : [],
  ),
);

const isListed = (type: TypeNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE ? isListed(type.type) : type.kind === Kind.LIST_TYPE;
const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

/** An input with the words in its texts: in all that it takes, or in those that it has. */
function worded(inputType: string, input: Input, all: boolean): Input {
  const texts = (INPUTS.get(inputType)?.fields ?? []).flatMap(
    ({ name: { value: name }, type }): [string, unknown][] => {
      const held = input[name];
      if (NO_WORDS.has(name) || (held === undefined && !all)) return [];
      if (nameOf(type) === 'String') return [[name, isListed(type) ? [SAID] : SAID]];
      if (!INPUTS.has(nameOf(type)) || held === undefined || held === null) return [];
      const inner = (part: unknown): Input => {
        const given = part as Input;
        const isOfForm = 'column' in given && !WORDY_COLUMNS.includes(given['column']);
        return isOfForm ? given : worded(nameOf(type), given, all);
      };
      return [[name, Array.isArray(held) ? held.map(inner) : inner(held)]];
    },
  );
  return { ...input, ...Object.fromEntries(texts) };
}

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, TODAY);
  cases.register([...Object.keys(CITY_DEPARTMENTS), 'JRB']);
});
afterAll(async () => cases.close());

const emitted = async (): Promise<string> =>
  JSON.stringify([await cases.connection.collection('outbox').find({}).toArray(), cases.logged]);

/** Tries a mutation on a new thing. @returns what it was answered */
async function pressed({ name, inputType, selection, result }: DeclaredMutation, all: boolean) {
  cases.at(TODAY);
  await cases.empty();
  const scenario = caseScenarios(() => cases)[name];
  const [caller] = TABLE['cases']?.[name]?.may ?? [];
  if (scenario === undefined || caller === undefined) throw new Error(`${name} has no row or no scenario.`);
  const input = worded(inputType, await scenario.prepare(), all);
  const { data, errors } = await cases.ask<Record<string, Record<string, unknown> | null>>(
    `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${selection} refusal { message path } } }`,
    { input: { ...input, idempotencyKey: freshKey() } },
    actorOf(caller, {
      own: USCC,
      foreign: '91420000MA4L0LNU0X',
      department: scenario.department ?? 'RSJ',
      keeper: 'YSB',
    }),
  );
  const payload = data?.[name] ?? null;
  return {
    isDone: errors === undefined && (payload?.[result] ?? null) !== null,
    why: JSON.stringify([errors, payload?.['refusal']]),
  };
}

it.each(MUTATIONS.map((mutation) => [mutation.name, mutation] as const))(
  '%s sends and logs nothing of the words that it is told',
  async (_name, mutation) => {
    const whole = await pressed(mutation, true);
    expect(await emitted()).not.toMatch(PERSONAL);
    if (whole.isDone) return;
    const part = await pressed(mutation, false);
    expect([part.isDone || part.why]).toEqual([true]);
    expect(await emitted()).not.toMatch(PERSONAL);
  },
);

it('these are words that most mutations take', () => {
  const told = MUTATIONS.filter(({ inputType }) => JSON.stringify(worded(inputType, {}, true)) !== '{}');
  expect(told.length).toBeGreaterThan(45);
});
