import type { CommandDocument, RefusablePayload } from '../../graph/use-command.js';
import type { Field } from '../../components/command-field.js';
import type { CaseMove } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';

graphql(/* GraphQL */ `
  fragment CaseChange on CasePayload {
    case {
      caseNumber
      version
      status
    }
  }
`);

/** What a field of a move can be: a list of the page, or a type of the graph with some of its values, or with all. */
export type Choices =
  'departments' | 'assisting' | 'referrals' | 'cleared' | readonly [type: string, ...values: string[]];

/** A field of a move. */
export interface MoveField extends Omit<Field, 'options' | 'columns'> {
  readonly choices?: Choices;
  readonly columns?: readonly MoveField[];
}

/** How a move is made: its mutation, and what its input holds beside the case and the version that was seen. */
export interface MoveCommand {
  readonly document: CommandDocument<RefusablePayload>;
  readonly fields: readonly MoveField[];
}

/** Commands by the move that they make. */
export type MoveCommands = Readonly<Partial<Record<CaseMove, MoveCommand>>>;

export const reason: MoveField = { name: 'reason', kind: 'text' };
export const note: MoveField = { name: 'note', kind: 'text' };
export const answer: MoveField = { name: 'answer', kind: 'text' };
export const lead: MoveField = { name: 'lead', kind: 'choice', choices: 'departments' };
