import { graphql } from '../../generated/index.js';

/** Gives an enterprise a steward in place of the present one. */
export const ASSIGN_STEWARD = graphql(/* GraphQL */ `
  mutation AssignSteward($input: AssignStewardInput!) {
    change: assignSteward(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** Fills a role at an enterprise; whoever had the place gives way. */
export const ASSIGN_ROLE = graphql(/* GraphQL */ `
  mutation AssignServiceRole($input: AssignServiceRoleInput!) {
    change: assignServiceRole(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** Ends somebody's role at an enterprise today, without a successor. */
export const END_ROLE = graphql(/* GraphQL */ `
  mutation EndServiceRole($input: EndServiceRoleInput!) {
    change: endServiceRole(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** Gives all that an official looks after to others. */
export const HAND_OVER = graphql(/* GraphQL */ `
  mutation HandOverOfficial($input: HandOverOfficialInput!) {
    change: handOverOfficial(input: $input) {
      handOver {
        moved
        left
        projectsMoved
        projectsLeft
        visitsMoved
        visitsLeft
      }
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** Enters officials on the roster, or changes their entries. */
export const ENTER_OFFICERS = graphql(/* GraphQL */ `
  mutation EnterServiceOfficers($input: EnterServiceOfficersInput!) {
    change: enterServiceOfficers(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** Enters a line of the directory, or changes it. */
export const SET_LINE = graphql(/* GraphQL */ `
  mutation SetDirectLine($input: SetDirectLineInput!) {
    change: setDirectLine(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** Carries out a plan of who would look after whom. */
export const APPLY_PLAN = graphql(/* GraphQL */ `
  mutation ApplyAssignment($input: ApplyAssignmentInput!) {
    change: applyAssignment(input: $input) {
      applied {
        assigned
        unplaced
      }
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);
