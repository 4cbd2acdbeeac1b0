import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { documentFolder } from '../../../gateway/src/operations/document-folder.js';
import { hashOf } from '../../../gateway/src/operations/manifest.js';
import { bearer, FIRST, startSmallCity, type SmallCity } from '../support/small-city.js';

const BODY = 'query Name($uscc: ID!) { enterprise(uscc: $uscc) { name } }';
const HASH = hashOf(BODY);
const variables = { uscc: FIRST };
const ANSWER = { data: { enterprise: { name: '甲公司' } } };
const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-trusted-'));

/** A mutation, which nobody runs by fetching an address. */
const CHANGING = 'mutation Look($uscc: ID!) { look(uscc: $uscc) { name } }';
const CHANGE = hashOf(CHANGING);

let city: SmallCity;
const get = (asked: Record<string, string>): Promise<Response> =>
  fetch(`${city.gateway.url}?${new URLSearchParams(asked).toString()}`, {
    headers: { 'apollo-require-preflight': 'true' },
  });
beforeAll(async () => {
  await documentFolder(folder).publish({
    client: 'portal',
    version: '3.2',
    publishedAt: '2026-03-01T00:00:00Z',
    documents: [
      { id: HASH, body: BODY },
      { id: CHANGE, body: CHANGING },
    ],
  });
  city = await startSmallCity({ GATEWAY_OPERATIONS: folder, GATEWAY_DOCUMENTS: 'registered' });
});
afterAll(() => city.stop());

describe('documents that front ends have registered', () => {
  it('are answered by their id, in both forms in which clients send it', async () => {
    for (const named of [
      { documentId: `sha256:${HASH}` },
      { documentId: HASH.toUpperCase() },
      { extensions: { persistedQuery: { version: 1, sha256Hash: HASH } } },
    ])
      expect((await city.ask({ ...named, variables })).body).toEqual(ANSWER);
    const unknown = await city.ask({ documentId: hashOf('{ __typename }') });
    expect([unknown.status, unknown.body.errors?.[0]?.extensions]).toMatchObject([
      404,
      { code: 'BAD_USER_INPUT', reason: 'PERSISTED_QUERY_NOT_FOUND' },
    ]);
  });

  it('are answered by their id in an address, from which browsers and caches fetch', async () => {
    const withVariables = { variables: JSON.stringify(variables) };
    for (const named of [
      { documentId: `sha256:${HASH}`, extensions: '{}' },
      { documentId: '', extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: HASH } }) },
    ]) {
      const response = await get({ ...named, ...withVariables });
      expect([response.status, await response.json()]).toEqual([200, ANSWER]);
    }
    const change = await get({ documentId: CHANGE, ...withVariables });
    expect(change.status).toBe(405);
  });

  it('are all that is answered where the operator says so, but for administrators and departments', async () => {
    expect((await city.ask({ query: BODY, variables })).body).toEqual(ANSWER);
    const other = { query: `${BODY} `, variables };
    const auditor = bearer(await city.token('AUDITOR'));
    for (const headers of [{}, auditor]) {
      const refused = await city.ask(other, headers);
      expect([refused.status, refused.body.errors?.[0]?.extensions['reason']]).toEqual([
        403,
        'DOCUMENT_NOT_REGISTERED',
      ]);
    }
    const asForm = await fetch(`${city.gateway.url}?query=${encodeURIComponent('{ __typename }')}`, {
      headers: { 'apollo-require-preflight': 'true' },
    });
    expect(asForm.status).toBe(403);
    expect((await get({ documentId: hashOf('{ __typename }') })).status).toBe(404);
    for (const headers of [
      bearer(await city.token('ADMIN')),
      bearer(await city.token('SERVICE', { department: 'RSJ' })),
    ])
      expect((await city.ask(other, headers)).body).toEqual(ANSWER);
  });
});
