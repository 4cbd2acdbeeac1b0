import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, OperationTypeNode, parse, type ObjectTypeDefinitionNode } from 'graphql';

const root = path.resolve(import.meta.dirname, '..', '..', '..');

/** What no person does at a page, and why. */
const WITHOUT_A_PAGE: Readonly<Record<string, string>> = {
  recordEnterpriseFacts: 'departments deliver facts from their own systems',
  setServiceItem: 'the catalogue is delivered matter by matter from the system that keeps it',
  setServiceBundle: 'as setServiceItem',
  signPledge: 'the signing service signs for the enterprise and gives the signature',
  signRepaymentPlan: 'the older name of proposeRepaymentPlan, which the page of a debt has',
  reportPayment: "the bank's system reports; an officer does the moves SETTLE and RETURN at the grant",
  publishLoanProduct: "banks' systems: criteria in the format of policy files",
  endLoanProduct: 'as publishLoanProduct',
  succeedDepartment: 'once in a reform of departments, by the office that keeps the ledger, from the playground',
  recordJobFair: 'a figure of the labour department, whose system counts fairs and persons hired',
};

const sources = path.join(root, 'web', 'src');
const documents = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('generated') && !file.includes('registry'))
  .flatMap((file) =>
    [...readFileSync(path.join(sources, file), 'utf8').matchAll(/graphql\(\s*\/\* GraphQL \*\/\s*`([^`]*)`/g)].map(
      ([, text = '']) => parse(text),
    ),
  );

/** The mutations that the pages send. */
const sent = new Set(
  documents.flatMap(({ definitions }) =>
    definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.MUTATION
        ? definition.selectionSet.selections.flatMap((field) => (field.kind === Kind.FIELD ? [field.name.value] : []))
        : [],
    ),
  ),
);

const supergraph = parse(readFileSync(path.join(root, 'gateway', 'supergraph.graphql'), 'utf8'));
const mutations = supergraph.definitions
  .filter(
    (definition): definition is ObjectTypeDefinitionNode =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Mutation',
  )
  .flatMap(({ fields = [] }) => fields.map(({ name }) => name.value));

it('a page does each mutation of the graph but those that no person does at a page', () => {
  expect(mutations.length).toBeGreaterThan(150);
  expect(mutations.filter((name) => !sent.has(name)).toSorted()).toEqual(Object.keys(WITHOUT_A_PAGE).toSorted());
});
