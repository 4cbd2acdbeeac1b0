import { buildSchema, parse } from 'graphql';
import { coordinatesOf } from '../../../gateway/src/operations/coordinates.js';

const schema = buildSchema(`
  type Query { cases(filter: CaseFilter, first: Int = 20, order: Order = NEWEST): [Case!] thing: Thing }
  type Mutation { submit(input: SubmitInput!): Case }
  interface Thing { name: String }
  type Case implements Thing { name: String status(on: String): Status }
  type Enterprise implements Thing { name: String uscc: ID }
  enum Status { OPEN CLOSED }
  enum Order { NEWEST OLDEST }
  input CaseFilter { statuses: [Status!] any: [CaseFilter!] region: String }
  input SubmitInput { title: String place: PlaceInput order: Order }
  input PlaceInput { street: String }
`);
const used = (text: string): object => coordinatesOf(parse(text), schema);
const nothing = { fields: [], arguments: [], inputFields: [], enumValues: [], byVariable: [] };

describe('what a document uses', () => {
  it.each<[string, string, object]>([
    [
      'fields and the arguments that it gives, not those that it leaves out',
      '{ cases(first: 3) { name status(on: "2026-01-01") } }',
      { fields: ['Case.name', 'Case.status', 'Query.cases'], arguments: ['Case.status(on:)', 'Query.cases(first:)'] },
    ],
    [
      'input fields at any depth and enum values, in lists too',
      '{ cases(filter: { any: [{ statuses: [OPEN] }, { statuses: CLOSED }] }, order: OLDEST) { __typename } }',
      {
        fields: ['Query.cases'],
        arguments: ['Query.cases(filter:)', 'Query.cases(order:)'],
        inputFields: ['CaseFilter.any', 'CaseFilter.statuses'],
        enumValues: ['Order.OLDEST', 'Status.CLOSED', 'Status.OPEN'],
      },
    ],
    [
      'what a variable may hold, through all types in it',
      'mutation M($input: SubmitInput!) { submit(input: $input) { name } }',
      {
        fields: ['Case.name', 'Mutation.submit'],
        arguments: ['Mutation.submit(input:)'],
        byVariable: ['Order', 'PlaceInput', 'SubmitInput'],
      },
    ],
    [
      'defaults of variables',
      'query Q($filter: CaseFilter = { region: "1" }) { cases(filter: $filter) { name } }',
      {
        fields: ['Case.name', 'Query.cases'],
        arguments: ['Query.cases(filter:)'],
        inputFields: ['CaseFilter.region'],
        byVariable: ['CaseFilter', 'Status'],
      },
    ],
    [
      'fields of the type on which they are asked, in fragments as well',
      '{ thing { name ... on Enterprise { uscc } ...C } } fragment C on Case { status }',
      { fields: ['Case.status', 'Enterprise.uscc', 'Query.thing', 'Thing.name'] },
    ],
    [
      'a field under another name as itself, and once',
      '{ thing { a: name b: name } }',
      { fields: ['Query.thing', 'Thing.name'] },
    ],
    [
      'a value of a variable inside a literal as the place that it fills',
      'query Q($s: Status!) { cases(filter: { statuses: [$s] }) { name } }',
      {
        fields: ['Case.name', 'Query.cases'],
        arguments: ['Query.cases(filter:)'],
        inputFields: ['CaseFilter.statuses'],
        byVariable: ['Status'],
      },
    ],
    ['nothing in introspection', '{ __schema { types { name fields { name } } } __typename }', {}],
    [
      'nothing that the schema does not have',
      '{ cases(size: 1, order: WORST) { title } }',
      { fields: ['Query.cases'], arguments: ['Query.cases(order:)'] },
    ],
  ])('is %s', (_what, text, expected) => {
    expect(used(text)).toEqual({ ...nothing, ...expected });
  });
});
