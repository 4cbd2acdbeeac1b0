import type { ApolloGateway } from '@apollo/gateway';

/** The part of @apollo/gateway that Apollo Server drives, and that whatever stands in its place must be. */
export type DrivenGateway = Pick<ApolloGateway, 'load' | 'stop' | 'onSchemaLoadOrUpdate'>;
export type Load = ApolloGateway['load'];
export type Executor = Awaited<ReturnType<Load>>['executor'];
export type ExecutorRequest = Parameters<Executor>[0];
