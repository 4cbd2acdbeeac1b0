import { GraphQLError, NoDeprecatedCustomRule, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { coordinatesOf, operationNames, type UsedCoordinates } from './coordinates.js';
import type { ClientDocument } from './manifest.js';

/** Something about one place of a document. */
export interface Remark {
  readonly message: string;
  /** Counted from 1; undefined where it is the whole document. */
  readonly line: number | undefined;
}

/** How a document stands to a schema. */
export interface DocumentReport {
  readonly id: string;
  readonly source: string;
  /** Why the schema would refuse it; none: it would run. */
  readonly errors: readonly Remark[];
  /** What it uses that is deprecated, with the reason that the department gives. */
  readonly deprecated: readonly Remark[];
  /** What it uses of the schema; undefined when the document cannot run. */
  readonly used: UsedCoordinates | undefined;
}

/** Holds a client's documents against the schema that it asks: the whole graph's or a contract's. */
export function checkDocuments(documents: readonly ClientDocument[], schema: GraphQLSchema): DocumentReport[] {
  return documents.map((document) => ({
    id: document.id,
    source: document.source,
    ...checkOne(document.body, schema),
  }));
}

function checkOne(body: string, schema: GraphQLSchema): Pick<DocumentReport, 'errors' | 'deprecated' | 'used'> {
  let document: DocumentNode;
  try {
    document = parse(body);
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [remarkOf(error)], deprecated: [], used: undefined };
    throw error;
  }
  const errors = [...withoutOperation(document), ...validate(schema, document).map(remarkOf)];
  if (errors.length > 0) return { errors, deprecated: [], used: undefined };
  return {
    errors,
    deprecated: validate(schema, document, [NoDeprecatedCustomRule]).map(remarkOf),
    used: coordinatesOf(document, schema),
  };
}

const withoutOperation = (document: DocumentNode): Remark[] =>
  operationNames(document).length === 0 ? [{ message: 'The document has no operation.', line: undefined }] : [];

const remarkOf = ({ message, locations }: GraphQLError): Remark => ({ message, line: locations?.[0]?.line });
