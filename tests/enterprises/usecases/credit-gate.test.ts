import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphUnreachable } from '@zhitong/kit/graph';
import { parse, validate } from 'graphql';
import { coordinatesOf } from '../../../gateway/src/operations/coordinates.js';
import { apiSchemaOf } from '../../../gateway/src/supergraph/api-schema.js';
import {
  CREDIT_GATE_NEEDS,
  CREDIT_GATE_QUERY,
  graphCreditGate,
} from '../../../subgraphs/enterprises/src/graph/credit-gate.js';

const question = { uscc: '91110000600037341L', department: 'FGW', pledge: 'CNS-1' };
let server: Server;
let answer: unknown;
let asked: { readonly variables?: unknown; readonly authorization?: string | undefined } = {};
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { variables } = JSON.parse(Buffer.concat(chunks).toString()) as { variables: unknown };
      asked = { variables, authorization: request.headers.authorization };
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
const gate = () =>
  graphCreditGate({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    token: async () => Promise.resolve('a-token'),
  });

describe('the credit department, asked through the graph', () => {
  it('tells what bars an applicant, and the state of its pledge', async () => {
    const bars = [
      { kind: 'DISHONESTY_RECORD', number: 'SX-1', keptBy: { code: 'STHJJ' }, until: '2027-02-01' },
      { kind: 'UNFULFILLED_JUDGMENT', number: null, keptBy: { code: 'FGW' }, until: null },
    ];
    answer = { data: { enterprise: { commitmentApproval: { bars, pledge: { state: 'IN_FORCE' } } } } };
    expect(await gate().approval(question)).toEqual({
      bars: [
        { kind: 'DISHONESTY_RECORD', number: 'SX-1', keptBy: 'STHJJ', until: '2027-02-01' },
        { kind: 'UNFULFILLED_JUDGMENT', number: null, keptBy: 'FGW', until: null },
      ],
      pledgeState: 'IN_FORCE',
    });
    expect(asked).toEqual({ variables: question, authorization: 'Bearer a-token' });
  });

  it.each([
    ['an error', { data: { enterprise: { commitmentApproval: null } }, errors: [{ message: 'credit is down' }] }],
    ['nothing', { data: { enterprise: { commitmentApproval: null } } }],
    ['no enterprise', { data: { enterprise: null } }],
    ['another form', { data: { enterprise: { commitmentApproval: { bars: null } } } }],
  ])('says nothing with %s, which is not that nothing bars it', async (_what, body) => {
    answer = body;
    await expect(gate().approval(question)).rejects.toThrow(GraphUnreachable);
  });

  it('is asked what the graph has, all of which is declared as needed', () => {
    const schema = apiSchemaOf(readFileSync(new URL('../../../gateway/supergraph.graphql', import.meta.url), 'utf8'));
    const document = parse(CREDIT_GATE_QUERY);
    expect(validate(schema, document)).toEqual([]);
    const { fields, arguments: named } = coordinatesOf(document, schema);
    expect(CREDIT_GATE_NEEDS.map(({ coordinate }) => coordinate).toSorted()).toEqual([...fields, ...named].toSorted());
  });
});
