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

/** What no page asks for by itself, and where it is found. */
const QUERIES_WITHOUT_A_PAGE: Readonly<Record<string, string>> = {
  heldMeetings: 'the list of meetings shows them',
  spotCheck: 'the list of spot checks shows each whole',
  visit: 'the lists of visits show each whole',
  visitCampaign: 'the list of campaigns shows each whole',
  projectLead: 'the list shows each whole',
  appraisal: 'the list shows each whole',
  keyTask: 'the list shows each whole',
  loanProduct: 'shown where one matches',
  loanProducts: 'shown where they match',
  majorProjects: "for the city's public site",
  arrearsDisclosure: "for the city's public site",
  administrativeDivisions: 'lists of districts come from regions',
  administrativeDivision: 'as administrativeDivisions',
  industryClasses: 'an enterprise names its industry',
  industryClass: 'as industryClasses',
  recordedFacts: 'for whoever delivers facts: what a system may deliver',
  serviceItems: "the catalogue is for the city's service site",
  serviceItem: 'as serviceItems',
  serviceBundles: 'as serviceItems',
  serviceBundle: 'as serviceItems',
  brokenPromises: 'figures of the catalogue, for reports',
  enterprisesHelped: 'figures for reports',
  referralFigures: 'figures for reports',
  referrals: 'a case tells its own; the whole list is for discipline inspection',
  visitFigures: 'figures for reports; campaigns show theirs',
  labourMonths: 'figures for reports',
  jobFairs: 'figures for reports',
};

/** What the pages send, by kind. */
const sentAs = (kind: OperationTypeNode): ReadonlySet<string> =>
  new Set(
    documents.flatMap(({ definitions }) =>
      definitions.flatMap((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION && definition.operation === kind
          ? definition.selectionSet.selections.flatMap((field) => (field.kind === Kind.FIELD ? [field.name.value] : []))
          : [],
      ),
    ),
  );

const supergraph = parse(readFileSync(path.join(root, 'gateway', 'supergraph.graphql'), 'utf8'));
const fieldsOf = (type: string): string[] =>
  supergraph.definitions
    .filter(
      (definition): definition is ObjectTypeDefinitionNode =>
        definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === type,
    )
    .flatMap(({ fields = [] }) => fields.map(({ name }) => name.value));

it.each([
  ['Mutation', OperationTypeNode.MUTATION, WITHOUT_A_PAGE, 150],
  ['Query', OperationTypeNode.QUERY, QUERIES_WITHOUT_A_PAGE, 100],
] as const)('a page sends each field of %s but those that no page is for', (type, kind, without, least) => {
  const sent = sentAs(kind);
  const fields = fieldsOf(type);
  expect(fields.length).toBeGreaterThan(least);
  expect(fields.filter((name) => !sent.has(name)).toSorted()).toEqual(Object.keys(without).toSorted());
});
