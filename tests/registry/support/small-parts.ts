import type { Actor } from '@zhitong/kit';
import { composeGraph } from '../../../registry/src/composition/compose-graph.js';
import type { ComposeGraph } from '../../../registry/src/composition/composed-graph.js';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';

/** The market's register: an enterprise with a name, and what is added. */
export const market = (more = ''): string => `${LINK}
"It." type Query { "It." firm("It." id: ID!): Firm }
"It." type Firm @key(fields: "id") { "It." id: ID! "It." name: String "It." area: Int ${more} }`;

/** Land, which needs the area of another department. */
export const land = (more = ''): string => `${LINK}
"It." type Query { "It." plots: Int }
"It." type Firm @key(fields: "id") { "It." id: ID! "It." area: Int @external "It." rent: Int @requires(fields: "area") ${more} }`;

/** In this thread: a small graph is composed faster than a thread is started. */
export const composeHere: ComposeGraph = async (question) => composeGraph(question);

export const admin: Actor = { sub: 'o-1', roles: ['ADMIN'] };
export const machine = (department: string): Actor => ({ sub: `m-${department}`, roles: ['SERVICE'], department });
export const url = (name: string): string => `http://${name}.example/graphql`;
