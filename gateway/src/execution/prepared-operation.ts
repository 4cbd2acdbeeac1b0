import { operationFromDocument, type Schema } from '@apollo/federation-internals';
import type { PlanNode, QueryPlanner } from '@apollo/query-planner';
import { Kind, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { answerShape, type AnswerShape } from './answer-shape.js';

/** Everything about an operation that does not change from one request to the next. */
export interface PreparedOperation {
  readonly definition: OperationDefinitionNode;
  /** Undefined when no department needs to be asked, as for introspection. */
  readonly plan: PlanNode | undefined;
  readonly shape: AnswerShape;
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Variables that decide `@skip` and `@include`. */
  readonly conditions: readonly string[];
}

/** Operations of one document that are kept prepared; a document has one, hardly ever a handful. */
const KEPT_OF_A_DOCUMENT = 16;

/**
 * Plans operations and keeps the plans for as long as their documents live: Apollo Server's bounded store of parsed documents
 * decides that, and what hangs on a document is forgotten with it.
 */
export class OperationStore {
  readonly #known = new WeakMap<DocumentNode, Map<string, PreparedOperation>>();
  readonly #planner: QueryPlanner;
  readonly #schema: Schema;

  /** @param schema the API schema, without what is inaccessible. */
  constructor(planner: QueryPlanner, schema: Schema) {
    this.#planner = planner;
    this.#schema = schema;
  }

  /** @throws GraphQLError when the operation cannot be planned. */
  prepared(document: DocumentNode, definition: OperationDefinitionNode): PreparedOperation {
    const name = definition.name?.value ?? '';
    let ofDocument = this.#known.get(document);
    if (ofDocument === undefined) {
      ofDocument = new Map();
      this.#known.set(document, ofDocument);
    }
    const known = ofDocument.get(name);
    if (known !== undefined) return known;
    const made = this.#prepare(document, definition);
    if (ofDocument.size >= KEPT_OF_A_DOCUMENT) ofDocument.clear();
    ofDocument.set(name, made);
    return made;
  }

  #prepare(document: DocumentNode, definition: OperationDefinitionNode): PreparedOperation {
    const operation = operationFromDocument(this.#schema, document, definition.name === undefined ? {} : { operationName: definition.name.value });
    const { node } = this.#planner.buildQueryPlan(operation);
    if (node?.kind === 'Subscription') throw new Error('Subscriptions are not part of the graph.');
    return { definition, plan: node, shape: answerShape(operation, this.#schema), defaults: operation.collectDefaultedVariableValues(), conditions: conditionVariables(document) };
  }
}

function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
