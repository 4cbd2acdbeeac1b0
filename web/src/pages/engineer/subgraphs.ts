/** The parts of the graph that systems deliver to, and that deliver events themselves. */
export const SUBGRAPHS = ['enterprises', 'cases', 'policies', 'credit'] as const;
export type Subgraph = (typeof SUBGRAPHS)[number];
