import type { ApolloGateway } from '@apollo/gateway';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';

/** What executes operations over a supergraph: the part of @apollo/gateway that Apollo Server drives. */
export type SupergraphExecutor = Pick<ApolloGateway, 'load' | 'stop' | 'onSchemaLoadOrUpdate'> & {
  /** Plans an operation before it is asked, where plans are kept. @throws GraphQLError when it cannot be planned */
  prepare?(document: DocumentNode, operation: OperationDefinitionNode): Promise<void>;
};
export type Load = ApolloGateway['load'];
export type Executor = Awaited<ReturnType<Load>>['executor'];
export type ExecutorRequest = Parameters<Executor>[0];

/** What an execution says beside data and errors. */
export interface ExecutionExtensions {
  /** Present when departments did not respond; their names, sorted. */
  readonly unavailable?: readonly string[];
  readonly partial?: true;
  /** Errors that are not named one by one. */
  readonly omittedErrors?: number;
  readonly [other: string]: unknown;
}
