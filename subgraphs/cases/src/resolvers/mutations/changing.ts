import { requireRole, ROLES, type Role } from '@zhitong/kit';
import {
  faultsPayload,
  idempotencyKeyArgument,
  payloadOf,
  type CommandOutcome,
  type RefusalPayload,
} from '@zhitong/kit/commands';
import type { Named } from '@zhitong/kit/graph';
import type { LegalDay, WorkingCalendar } from '@zhitong/values';
import type { CaseChange, Party } from '../../domain/case-event.js';
import type { CaseView } from '../../domain/case-view.js';
import { TEXT_LIMITS, textFaults } from '../../domain/intake.js';
import type { PromisedItem } from '../../domain/promises/promised-item.js';
import type { InputFault } from '../../domain/satisfaction.js';
import type { Context } from '../../context.js';
import type { CaseRecord } from '../../models/stored-case.js';
import type { Decision } from '../../usecases/case-commands.js';
import { EVERY_FIELD } from '../case-fields.js';
import { askedOfRegister, itemOf } from './promised-matter.js';

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
  /** The department of whoever acts. */
  readonly department: string | null;
  /** The matter that the input names, with its promise; null where it names none. */
  readonly item: PromisedItem | null;
}

type Change = Exclude<CaseChange, { type: 'SUBMITTED' }>;

/** A mutation on a case: which faults its input can have, and what it then changes. */
export interface CaseMutation<Input extends ChangeInput, Prepared = undefined> {
  readonly name: string;
  /**
   * Of the input alone, whatever day it is: what depends on the day is decided, so that a repeat returns the first
   * result.
   */
  readonly faults?: (input: Input) => readonly InputFault[];
  /**
   * What the input names and the registry must know: a case cannot be sent to a department that the city does not have.
   */
  readonly names?: (input: Input) => readonly Named[];
  /** The matter of the catalogue that the input names. */
  readonly serviceItem?: (input: Input) => string | null | undefined;
  /** Reads what the decision rests on beside the case. */
  readonly prepare?: (input: Input, context: Context) => Promise<Prepared>;
  /** Decides within the transaction, or ends the command with a refusal. */
  readonly decide: (input: Input, circumstances: Circumstances, prepared: Prepared | undefined) => Change | Decision;
}

/** A command's outcome as a payload with the case as it stands now. */
export async function casePayload(
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ case: CaseRecord } | RefusalPayload> {
  return payloadOf(outcome, async (caseNumber) => {
    const [record] = await stores.cases.byNumber([caseNumber], EVERY_FIELD);
    if (record === undefined) throw new Error(`The case ${caseNumber} was written and is not there.`);
    return { case: record };
  });
}

/** Who may be asked at all is said by @access in the schema; here only that somebody asks. */
const ANYONE_KNOWN: readonly Role[] = ROLES;

/** Makes a resolver of a mutation on a case: authorise, decide, translate. */
export function changing<Input extends ChangeInput, Prepared = undefined>({
  name,
  faults,
  names,
  serviceItem,
  prepare,
  decide,
}: CaseMutation<Input, Prepared>) {
  return async (
    _root: unknown,
    { input }: { input: Input },
    context: Context,
  ): Promise<{ case: CaseRecord } | RefusalPayload> => {
    const { actor, commands, calendar, register, today } = context;
    requireRole(actor, ANYONE_KNOWN, name);
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const found = faults?.(input) ?? [];
    if (found.length > 0) return faultsPayload(found);
    const prepared = await prepare?.(input, context);
    const asked = askedOfRegister(register, names?.(input) ?? [], itemOf(serviceItem?.(input)));
    const outcome = await commands.change({
      name,
      idempotencyKey,
      actor,
      unknown: names && asked.unknown,
      caseNumber: input.caseNumber,
      expectedVersion: input.expectedVersion ?? undefined,
      request: input,
      decide: (view, parties) => {
        const decision = decide(
          input,
          { view, parties, today, calendar, department: actor.department ?? null, item: asked.item() },
          prepared,
        );
        return 'type' in decision ? [{ change: decision }] : decision;
      },
    });
    return casePayload(outcome, context);
  };
}

/** Faults of a note, reason or finding: 2 to 2,000 characters. */
export const noteFaults = (field: string, text: string): InputFault[] =>
  textFaults(text, [field], { longest: TEXT_LIMITS.note, shortest: 2 });

/** Faults of an answer or a supplement: 5 to 5,000 characters. */
export const longTextFaults = (field: string, text: string): InputFault[] =>
  textFaults(text, [field], { longest: TEXT_LIMITS.text });
