import { createHash } from 'node:crypto';
import type { ApolloServer } from '@apollo/server';
import { ATOM_TYPE, atomFeed, RSS_TYPE, rssFeed, type Feed } from '@zhitong/kit/feed';
import { Router, type Request } from 'express';
import { Cancellation } from '../cancellation.js';
import type { AskAsNobody, Disclosure, GraphAnswer } from '../disclosure/disclosure.js';
import { httpRefusal } from '../gateway-error.js';
import { requestIdFrom, traceparentFrom, type GatewayContext } from '../request-context.js';
import type { Admission } from './admission.js';
import { isKnownVersion } from './known-version.js';
import { sendErrors, sendText } from './send-json.js';

const FORMATS = [
  { address: '/disclosure.atom', type: ATOM_TYPE, write: atomFeed },
  { address: '/disclosure.rss', type: RSS_TYPE, write: rssFeed },
] as const;
/** The feed's name, in either format, wherever it is served. */
const FEED_ID = 'tag:zhitong.example,2026:disclosure';

/**
 * `GET /disclosure.atom` and `GET /disclosure.rss`: what the departments publish, for readers of feeds. Callers are
 * admitted as everywhere and all get the same, what a caller without a name may read. Departments that are down are
 * named in the subtitle and cost their own entries; 503 when nobody answers.
 * @param trustProxyHops as in the settings: with a proxy in front the scheme is the one that it was asked by.
 */
export function disclosureRoutes({
  read,
  admit,
  trustProxyHops,
}: {
  read: () => Promise<Disclosure>;
  admit: Admission;
  trustProxyHops: number;
}): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const { address, type, write } of FORMATS)
    router.get(address, async (request, response) => {
      if ((await admit(request, response)) === undefined) return;
      const disclosure = await read();
      if (disclosure.isDown) {
        response.set('retry-after', String(disclosure.keptSeconds));
        const message = 'No department answers now. Ask again later.';
        const extensions = { unavailable: disclosure.missing, zh: '各部门暂无应答，请稍后再试。' };
        sendErrors(response, 503, httpRefusal({ code: 'DEPARTMENT_UNAVAILABLE', message, extensions }));
        return;
      }
      const text = write(feedOf(disclosure, { origin: originOf(request, trustProxyHops), address }));
      const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
      response.set('cache-control', `public, max-age=${disclosure.keptSeconds}`).set('etag', etag);
      if (isKnownVersion(request.get('if-none-match'), etag)) response.status(304).end();
      else sendText(response, 200, { contentType: type, text });
    });
  return router;
}

/** Asks a server of the graph as a caller without a name, for many readers at once: none of them can cancel it. */
export const askAsNobody =
  (server: ApolloServer<GatewayContext>): AskAsNobody =>
  async (query, variables) => {
    const { body } = await server.executeOperation(
      { query, variables },
      {
        contextValue: {
          actor: null,
          place: { hold: () => () => undefined },
          requestId: requestIdFrom(undefined),
          language: 'en',
          traceparent: traceparentFrom(undefined),
          clientGone: new Cancellation(),
        },
      },
    );
    if (body.kind !== 'single') throw new Error('The graph answers in one piece.');
    return body.singleResult satisfies GraphAnswer;
  };

function feedOf(
  { entries, updated, missing }: Disclosure,
  { origin, address }: { origin: string; address: string },
): Feed {
  const absent =
    missing.length === 0 ? '' : `（暂缺：${missing.join('、')}；currently without: ${missing.join(', ')}）`;
  return {
    id: FEED_ID,
    title: '直通 信息公开',
    subtitle: `各部门依法公开的政策与解读、案例、通报、公示与排名${absent}`,
    updated,
    self: `${origin}${address}`,
    home: `${origin}/`,
    author: '直通 Zhitong',
    entries: entries.map(({ link, ...entry }) => (link === undefined ? entry : { ...entry, link: `${origin}${link}` })),
  };
}

/** Where the reader came: the name that it asked for, by the scheme that the outermost proxy was asked by. */
function originOf(request: Request, trustProxyHops: number): string {
  const isSecure = trustProxyHops > 0 && request.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
  return `${isSecure ? 'https' : 'http'}://${request.get('host') ?? 'localhost'}`;
}
