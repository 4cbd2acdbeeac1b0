import type { Field } from '../../components/command-field.js';
import { graphql } from '../../generated/index.js';
import type { CommandDocument, RefusablePayload } from '../../graph/use-command.js';
import type { AppraisalMove, KeyTaskMove } from '../../generated/graphql.js';

interface Move {
  readonly command: CommandDocument<RefusablePayload>;
  readonly fields: readonly Field[];
}

/** The form of each move of a key task; its input holds the task and the version that was seen as well. */
export const TASK_MOVES: Readonly<Record<KeyTaskMove, Move>> = {
  REPORT: {
    command: graphql(/* GraphQL */ `
      mutation ReportKeyTaskProgress($input: ReportKeyTaskProgressInput!) {
        change: reportKeyTaskProgress(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [
      { name: 'percent', kind: 'number' },
      { name: 'note', kind: 'text' },
      { name: 'evidence', kind: 'lines', isOptional: true },
    ],
  },
  DECIDE: {
    command: graphql(/* GraphQL */ `
      mutation DecideKeyTask($input: DecideKeyTaskInput!) {
        change: decideKeyTask(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [
      { name: 'strikeOff', kind: 'yesNo' },
      { name: 'note', kind: 'text' },
    ],
  },
};

/** The form of each move of a round; its input holds the round as well. */
export const APPRAISAL_MOVES: Readonly<Record<AppraisalMove, Move>> = {
  DRAW: {
    command: graphql(/* GraphQL */ `
      mutation DrawAppraisal($input: DrawAppraisalInput!) {
        change: drawAppraisal(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [{ name: 'seed', kind: 'line' }],
  },
  PUBLISH: {
    command: graphql(/* GraphQL */ `
      mutation PublishAppraisal($input: PublishAppraisalInput!) {
        change: publishAppraisal(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [],
  },
  STATE_MEASURES: {
    command: graphql(/* GraphQL */ `
      mutation StateAppraisalMeasures($input: StateAppraisalMeasuresInput!) {
        change: stateAppraisalMeasures(input: $input) {
          refusal {
            code
            message
            path
            details
          }
        }
      }
    `),
    fields: [
      { name: 'causes', kind: 'text' },
      { name: 'measures', kind: 'text', label: 'dropMeasures' },
      { name: 'dueOn', kind: 'date' },
    ],
  },
};

/** Enters a key task, or the measure against what a third party found. */
export const ENTER_TASK = graphql(/* GraphQL */ `
  mutation EnterKeyTask($input: EnterKeyTaskInput!) {
    change: enterKeyTask(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** Enters an indicator, or changes who answers for it. */
export const SET_INDICATOR = graphql(/* GraphQL */ `
  mutation SetIndicator($input: SetIndicatorInput!) {
    change: setIndicator(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** Plans a round and commits its seed by its hash. */
export const PLAN_APPRAISAL = graphql(/* GraphQL */ `
  mutation PlanAppraisal($input: PlanAppraisalInput!) {
    change: planAppraisal(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** Answers for an enterprise, once. */
export const ANSWER_APPRAISAL = graphql(/* GraphQL */ `
  mutation AnswerAppraisal($input: AnswerAppraisalInput!) {
    change: answerAppraisal(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);
