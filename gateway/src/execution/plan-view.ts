import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { PreparedFetch, Step } from './plan-steps.js';

/** A query plan as people read it: who is asked what, for which objects, and why. */
export type PlanView =
  | { readonly order: 'one after the other' | 'at once'; readonly steps: readonly PlanView[] }
  | {
      readonly department: string;
      /**
       * Where the objects stand that are asked about, by the names that departments are asked for; the root when empty.
       */
      readonly at: string;
      readonly why: string;
      /** What the department gets of each object: its key, and what it requires of other departments. */
      readonly requires?: string;
      readonly asks: string;
    };

/** Shows a plan; undefined when no department needs to be asked. */
export function planView(step: Step | undefined): PlanView | undefined {
  if (step === undefined) return undefined;
  if (step.kind === 'fetch') return fetchView(step.fetch);
  return {
    order: step.kind === 'sequence' ? 'one after the other' : 'at once',
    steps: step.steps.flatMap((next) => planView(next) ?? []),
  };
}

function fetchView({ department, path, requires, query, asked }: PreparedFetch): PlanView {
  const at = path.join('.');
  const fields = namesOf(asked).join(', ');
  if (requires === undefined)
    return { department, at, why: `${department} answers ${fields} of the root.`, asks: query };
  const told = [...new Set(requires.flatMap(fieldsOf))].filter((name) => name !== '__typename');
  return {
    department,
    at,
    why: `${department} answers ${fields} of what stands at ${at}, which it is told by ${told.join(', ')}.`,
    requires: requires.map(textOf).join(' '),
    asks: query,
  };
}

function namesOf(asked: PreparedFetch['asked']): string[] {
  return [
    ...new Set(asked.flatMap((selection) => (selection.kind === 'field' ? [selection.key] : namesOf(selection.inner)))),
  ].filter((name) => name !== '__typename');
}

function fieldsOf(node: QueryPlanSelectionNode): string[] {
  return node.kind === 'Field' ? [node.alias ?? node.name] : node.selections.flatMap(fieldsOf);
}

function textOf(node: QueryPlanSelectionNode): string {
  const inner = node.selections === undefined ? '' : ` { ${node.selections.map(textOf).join(' ')} }`;
  if (node.kind === 'InlineFragment')
    return `${node.typeCondition === undefined ? '...' : `... on ${node.typeCondition}`}${inner}`;
  return `${node.alias === undefined ? '' : `${node.alias}: `}${node.name}${inner}`;
}
