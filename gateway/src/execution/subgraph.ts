import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import type { GatewayContext } from '../request-context.js';
import { isHeld } from './lost.js';

/** One exchange with a department, as the query plan wants it. */
export interface DepartmentQuestion {
  readonly query: string;
  /** The same, parsed. */
  readonly document: DocumentNode | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: GatewayContext;
}

/** What a department said, a GraphQL result; both may be there. */
export interface DepartmentAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** A department as the executor of query plans sees it. */
export interface Department {
  /**
   * What it returned; where it did not respond, what stands for it: nulls with errors DEPARTMENT_UNAVAILABLE at their
   * paths.
   */
  ask(question: DepartmentQuestion): Promise<DepartmentAnswer>;
}

/**
 * Names of the departments that do not respond, by the errors of one department: itself, or another that it had to ask.
 * @param errors as a department sent them, of any form.
 */
export function outagesIn(errors: unknown, department: string | undefined): string[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) => {
    const extensions = isHeld(error) ? error['extensions'] : undefined;
    if (!isHeld(extensions) || extensions['code'] !== 'DEPARTMENT_UNAVAILABLE') return [];
    return (
      [extensions['subgraph'], extensions['serviceName'], department].find((name) => typeof name === 'string') ?? []
    );
  });
}
