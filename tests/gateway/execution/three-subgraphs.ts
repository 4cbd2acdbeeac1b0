import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible"])';

/**
 * Departments with every way in which one may hang on another: keys, required and provided fields, interfaces, unions,
 * lists.
 */
const SDL: Readonly<Record<string, string>> = {
  registry: `${LINK}
    type Query { enterprise(uscc: ID!): Enterprise enterprises(first: Int): [Enterprise] found: [Found!] named: [Named] grid: [[Cell!]] strict: Strict! }
    type Mutation { touch(uscc: ID!): Enterprise }
    interface Named { name: String }
    union Found = Enterprise | Person
    enum Grade { A B C }
    scalar Decimal
    type Enterprise implements Named @key(fields: "uscc") { uscc: ID! name: String size: Int! since: String grade: Grade turnover: Decimal share: Float listed: Boolean region: Region @shareable parent: Enterprise twins: [Enterprise!]! secret: String @inaccessible }
    type Person implements Named @key(fields: "id") { id: ID! name: String @shareable age: Int! knows: Enterprise }
    type Region @shareable { code: String! name: String }
    type Cell { value: Float! owner: Enterprise }
    type Strict { must: String! numbers: [Int!] enterprise: Enterprise! }
  `,
  cases: `${LINK}
    type Query { case(number: ID!): Case cases: [Case] }
    type Mutation { close(number: ID!): Case }
    scalar Decimal
    type Enterprise @key(fields: "uscc") { uscc: ID! size: Int! @external turnover: Decimal @external secret: String @external region: Region @external cases(first: Int, open: Boolean = true): [Case!]! openCount: Int! rate: String @requires(fields: "size turnover") hint: String @requires(fields: "secret region { code }") }
    type Region @shareable { code: String! }
    type Case @key(fields: "number") { number: ID! title: String! of: Enterprise! handler: Person @provides(fields: "name") tags: [String] history: [[String!]!] }
    type Person @key(fields: "id") { id: ID! name: String @external workload: Int }
  `,
  credit: `${LINK}
    type Query { ledger: [Entry!]! }
    scalar Decimal
    type Enterprise @key(fields: "uscc") { uscc: ID! standing: Standing! debts: [Money!] rate: String @external mood: String @requires(fields: "rate") }
    type Standing { grade: Int! note: String }
    type Money { amount: Decimal! }
    type Case @key(fields: "number") { number: ID! pledge: Pledge }
    union Pledge = Money | Person
    type Person @key(fields: "id") { id: ID! owes: [Entry] }
    type Entry { id: ID! amount: Money of: Enterprise! other: Pledge! }
  `,
};

export interface ThreeDepartments {
  readonly supergraphSdl: string;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
}

export function threeDepartments(): ThreeDepartments {
  const services = Object.entries(SDL).map(([name, sdl]) => ({ name, url: `http://${name}`, typeDefs: parse(sdl) }));
  const composed = composeServices(services);
  if (composed.errors !== undefined) throw new Error(composed.errors.map(String).join('\n'));
  return {
    supergraphSdl: composed.supergraphSdl,
    schemas: new Map(services.map(({ name, typeDefs }) => [name, buildSubgraphSchema({ typeDefs })])),
  };
}
