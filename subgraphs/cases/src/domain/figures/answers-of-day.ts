import { createHash } from 'node:crypto';
import { groupOf, GROUPINGS, isAnswer, type CountedCase, type Grouping, type Recount } from './kept-figures.js';

/** Bytes of a hash: two of a million enterprises have the same with a probability of 3 in 100 million. */
export const HASH_BYTES = 8;

/** One answer, as it is kept for telling who was helped. */
export interface KeptAnswer {
  /** Hash of the number of the case that was answered. */
  readonly caseHash: Buffer;
  /** Hash of the enterprise whose case it was. */
  readonly enterpriseHash: Buffer;
  readonly isAnonymous: boolean;
  readonly keys: Readonly<Record<Grouping, string>>;
  /** Departments that may read the case. */
  readonly departments: readonly string[];
}

/** A list of few different values: each of them once, and the place of each member's, two bytes little-endian. */
export interface Column<Value> {
  readonly values: readonly Value[];
  readonly at: Buffer;
}

/** The answers of one day by column, as they are stored: 8 bytes a hash, one byte for anonymous. */
export interface AnswersOfDay {
  readonly cases: Buffer;
  readonly enterprises: Buffer;
  readonly anonymous: Buffer;
  readonly keys: Readonly<Record<Grouping, Column<string>>>;
  readonly departments: Column<readonly string[]>;
}

/** What enterprises and cases are told apart by; one has never the other's text. */
const hashOf = (kind: 'case' | 'enterprise', text: string): Buffer =>
  createHash('sha256').update(`${kind}\n${text}`).digest().subarray(0, HASH_BYTES);
export const caseHashOf = (caseNumber: string): Buffer => hashOf('case', caseNumber);

/** The answers to some cases, by day. */
export function answersByDay(cases: readonly CountedCase[]): Map<string, KeptAnswer[]> {
  const days = new Map<string, KeptAnswer[]>();
  for (const of of cases) {
    const answers = of.facts.filter(isAnswer);
    if (answers.length === 0) continue;
    const whose = {
      caseHash: caseHashOf(of.caseNumber),
      enterpriseHash: hashOf('enterprise', of.complainantKey),
      isAnonymous: of.isAnonymous,
      departments: of.departments,
    };
    for (const fact of answers) {
      const keys = Object.fromEntries(GROUPINGS.map((grouping) => [grouping, groupOf(grouping, fact, of)])) as Record<
        Grouping,
        string
      >;
      days.set(fact.on, [...(days.get(fact.on) ?? []), { ...whose, keys }]);
    }
  }
  return days;
}

function column<Value>(members: readonly Value[], idOf: (value: Value) => string): Column<Value> {
  const places = new Map<string, number>();
  const values: Value[] = [];
  const at = Buffer.alloc(members.length * 2);
  for (const [index, member] of members.entries()) {
    const id = idOf(member);
    const place = places.get(id) ?? values.push(member) - 1;
    places.set(id, place);
    at.writeUInt16LE(place, index * 2);
  }
  return { values, at };
}

/** Lays the answers of a day out by column. */
export const columnsOf = (answers: readonly KeptAnswer[]): AnswersOfDay => ({
  cases: Buffer.concat(answers.map(({ caseHash }) => caseHash)),
  enterprises: Buffer.concat(answers.map(({ enterpriseHash }) => enterpriseHash)),
  anonymous: Buffer.from(answers.map(({ isAnonymous }) => (isAnonymous ? 1 : 0))),
  keys: Object.fromEntries(
    GROUPINGS.map((grouping) => [
      grouping,
      column(
        answers.map(({ keys }) => keys[grouping]),
        (key) => key,
      ),
    ]),
  ) as Record<Grouping, Column<string>>,
  departments: column(
    answers.map(({ departments }) => [...departments].sort()),
    (departments) => departments.join(),
  ),
});

/** The member of a column at a place. @throws RangeError for one that the column does not have */
function memberOf<Value>({ values, at }: Column<Value>, index: number): Value {
  const value = values[at.readUInt16LE(index * 2)];
  if (value === undefined) throw new RangeError(`No value at ${index} of a column of kept answers.`);
  return value;
}

/** The answers of a day that are laid out by column. */
export function answersOf({ cases, enterprises, anonymous, keys, departments }: AnswersOfDay): KeptAnswer[] {
  const part = (of: Buffer, index: number): Buffer => of.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);
  return Array.from({ length: anonymous.length }, (_none, index) => ({
    caseHash: part(cases, index),
    enterpriseHash: part(enterprises, index),
    isAnonymous: anonymous[index] === 1,
    keys: Object.fromEntries(GROUPINGS.map((grouping) => [grouping, memberOf(keys[grouping], index)])) as Record<
      Grouping,
      string
    >,
    departments: memberOf(departments, index),
  }));
}

/** What of a case's answers is kept, one line for each. */
const linesOf = (of: CountedCase | null): string[] =>
  of === null
    ? []
    : of.facts
        .filter(isAnswer)
        .map((fact) =>
          [
            fact.on,
            ...GROUPINGS.map((grouping) => groupOf(grouping, fact, of)),
            of.complainantKey,
            of.isAnonymous,
            [...of.departments].sort().join('+'),
          ].join('\n'),
        );

/** Whether other answers are kept of a case after a recount. */
export const answersMove = ({ before, now }: Recount): boolean =>
  linesOf(before).join('\n\n') !== linesOf(now).join('\n\n');
