import { badUserInput, forbidden, heldBack, notFound, requireRole, ROLES, type Role } from '@zhitong/kit';
import type { Named } from '@zhitong/kit/graph';
import type { CaseChange, Party } from '../domain/case-event.js';
import type { CaseView } from '../domain/case-view.js';
import type { LegalDay } from '../domain/legal-day.js';
import { TEXT_LIMITS, textFaults } from '../domain/intake.js';
import type { InputFault } from '../domain/satisfaction.js';
import type { WorkingCalendar } from '../domain/calendar.js';
import type { Context } from '../context.js';
import type { Refusal } from '../generated/resolvers-types.js';
import type { CaseRecord } from '../models/case.js';
import type { CommandOutcome, Decision } from '../usecases/case-commands.js';
import type { CommandRefusal, Refused } from '../usecases/once.js';
import { EVERY_FIELD } from './case-fields.js';

const KEY = /^[\x21-\x7e]{8,64}$/;

/** An idempotency key: 8 to 64 printable ASCII characters without spaces. @throws GraphQLError BAD_USER_INPUT */
export function idempotencyKeyArgument(key: string): string {
  if (!KEY.test(key)) throw badUserInput('idempotencyKey must have 8 to 64 printable characters without spaces; a UUID is a good one.', ['input', 'idempotencyKey']);
  return key;
}

/** What every change of a case names. */
export interface ChangeInput {
  readonly idempotencyKey: string;
  readonly caseNumber: string;
  readonly expectedVersion?: number | null | undefined;
}

/** What a rule of a mutation may look at. */
export interface Circumstances {
  readonly view: CaseView;
  readonly parties: readonly Party[];
  readonly today: LegalDay;
  readonly calendar: WorkingCalendar;
}

type Change = Exclude<CaseChange, { type: 'SUBMITTED' }>;

/** A mutation on a case: which faults its input can have, and what it then changes. */
export interface CaseMutation<Input extends ChangeInput> {
  readonly name: string;
  /** Of the input alone, whatever day it is: what depends on the day is decided, so that a repeat is answered as before. */
  readonly faults?: (input: Input) => readonly InputFault[];
  /** What the input names and the registry must know: a case cannot be sent to a department that the city does not have. */
  readonly names?: (input: Input) => readonly Named[];
  readonly decide: (input: Input, circumstances: Circumstances) => Change | Decision;
}

interface Payload {
  readonly case?: CaseRecord;
  readonly refusal?: Refusal;
}

/** The refusal of an input that cannot be accepted: the first fault in words, all of them in details. */
export function invalidInput(faults: readonly InputFault[]): CommandRefusal {
  const [first = { path: [], message: 'the input cannot be accepted' }] = faults;
  return { code: 'INVALID', message: `${first.path.join('.')}: ${first.message}.`, path: first.path, details: { faults } };
}

/** The same as a payload. */
export const invalid = (faults: readonly InputFault[]): { refusal: Refusal } => shownRefusal({ kind: 'refused', refusal: invalidInput(faults) });

/** A command's refusal as the schema has it. */
export function shownRefusal({ refusal: { code, message, path, details } }: Refused): { refusal: Refusal } {
  return { refusal: { code, message, path: [...path], details } };
}

/** A command's outcome as a payload. @throws GraphQLError NOT_FOUND, FORBIDDEN */
export async function payloadOf(outcome: CommandOutcome | Refused, { stores, renewLoaders }: Context): Promise<Payload> {
  switch (outcome.kind) {
    case 'refused':
      return shownRefusal(outcome);
    case 'forbidden':
      throw forbidden(outcome.message);
    case 'missing':
      throw notFound(`There is no case ${outcome.caseNumber.slice(0, 40)}.`);
    case 'done': {
      renewLoaders();
      const [record] = await stores.cases.byNumber([outcome.caseNumber], EVERY_FIELD);
      if (record === undefined) throw new Error(`The case ${outcome.caseNumber} was written and is not there.`);
      return { case: record };
    }
    default:
      return outcome satisfies never;
  }
}

/** Who may be asked at all is said by @access in the schema; here only that somebody asks. */
const ANYONE_KNOWN: readonly Role[] = ROLES;

/** Makes a resolver of a mutation on a case: authorise, decide, translate. */
export function changing<Input extends ChangeInput>({ name, faults, names, decide }: CaseMutation<Input>) {
  return async (_root: unknown, { input }: { input: Input }, context: Context): Promise<Payload> => {
    const { actor, commands, calendar, register, today } = context;
    requireRole(actor, ANYONE_KNOWN, name);
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const found = faults?.(input) ?? [];
    if (found.length > 0) return invalid(found);
    const unknown = await heldBack(register.faultsOf(names?.(input) ?? []));
    const outcome = await commands.change({
      name,
      idempotencyKey,
      actor,
      caseNumber: input.caseNumber,
      expectedVersion: input.expectedVersion ?? undefined,
      request: input,
      decide: (view, parties) => {
        // Decided in here, so that the repeat of a change that was made is answered as before, whatever became of the department.
        const nowhere = unknown();
        if (nowhere.length > 0) return { refusal: invalidInput(nowhere) };
        const decision = decide(input, { view, parties, today, calendar });
        return 'type' in decision ? { changes: [{ change: decision }] } : decision;
      },
    });
    return payloadOf(outcome, context);
  };
}

/** Faults of a note, reason or finding: 2 to 2,000 characters. */
export const noteFaults = (field: string, text: string): InputFault[] => textFaults(text, [field], { longest: TEXT_LIMITS.note, shortest: 2 });

/** Faults of an answer or a supplement: 5 to 5,000 characters. */
export const longTextFaults = (field: string, text: string): InputFault[] => textFaults(text, [field], { longest: TEXT_LIMITS.text });

