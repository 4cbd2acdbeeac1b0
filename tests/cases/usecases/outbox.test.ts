import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { aSubmission, mutate } from '../support/mutations.js';

interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly subject: string;
    readonly source: string;
    readonly data: Record<string, unknown>;
  };
}

/**
 * A department's existing system. Receivers that fail, hang and repeat are tested with the outbox itself, in
 * tests/kit/outbox.
 */
async function receiver(): Promise<{ server: Server; url: string; received: readonly Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, event: JSON.parse(body) as Received['event'] });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`, received };
}

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
});
afterAll(async () => cases.close());

describe('a department that follows its cases from its own system', () => {
  it('gets each change once it has been made, in order and signed, and nothing of what was refused', async () => {
    const { server, url, received } = await receiver();
    await cases.outbox.registerWebhook({ url, eventTypes: ['cn.zhitong.case'] });
    const { outcome } = await mutate(cases, 'submitCase', aSubmission(), people.owner);
    const caseNumber = outcome?.case?.caseNumber;
    await mutate(cases, 'assignCase', { caseNumber, expectedVersion: 1, lead: 'JRB' }, people.coordinator);
    // Refused: nothing happened, so nothing is told.
    await mutate(cases, 'resolveCase', { caseNumber, expectedVersion: 2, answer: '已经办结了' }, people.officer('JRB'));
    await mutate(cases, 'acceptCase', { caseNumber, expectedVersion: 2 }, people.officer('JRB'));
    await cases.outbox.dispatcher().runOnce();
    await new Promise((resolve) => server.close(resolve));
    expect(received.map(({ event }) => [event.type, event.subject, event.data['version']])).toEqual([
      ['cn.zhitong.case.submitted', caseNumber, 1],
      ['cn.zhitong.case.assigned', caseNumber, 2],
      ['cn.zhitong.case.accepted', caseNumber, 3],
    ]);
    expect(
      received.every(
        ({ event, headers }) =>
          event.source === 'urn:zhitong:cases' && typeof headers['webhook-signature'] === 'string',
      ),
    ).toBe(true);
    expect(received[1]?.event.data).toMatchObject({ lead: 'JRB', status: 'ASSIGNED', category: 'FINANCE' });
  });

  it('does not receive that a case was referred to discipline inspection', async () => {
    const caseNumber = (await mutate(cases, 'submitCase', aSubmission(), people.owner)).outcome?.case?.caseNumber;
    await mutate(cases, 'assignCase', { caseNumber, expectedVersion: 1, lead: 'JRB' }, people.coordinator);
    await mutate(
      cases,
      'referCase',
      { caseNumber, expectedVersion: 2, department: 'JRB', reason: '推诿扯皮', evidence: ['https://e.example.cn/1'] },
      people.auditor,
    );
    const told = await cases.connection
      .collection<{ event: { type: string; subject: string } }>('outbox')
      .find({ 'event.subject': caseNumber })
      .sort({ 'event.data.version': 1 })
      .toArray();
    expect(told.map(({ event }) => event.type)).toEqual([
      'cn.zhitong.case.submitted',
      'cn.zhitong.case.assigned',
      'cn.zhitong.discipline.referred',
    ]);
  });
});
