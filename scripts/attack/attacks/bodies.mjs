// Bodies that grow, lie about their length, or never end.
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { verdict } from '../verdict.mjs';

const JSON_TYPE = { 'content-type': 'application/json' };

export default {
  name: 'bodies',
  what: 'compressed bombs, unknown encodings, large and truncated bodies, wrong charsets',
  run: async ({ send }) => {
    const { tried, result } = verdict();
    const large = Buffer.from(JSON.stringify({ query: `{ __typename } #${' '.repeat(20_000_000)}` }));
    const bombs = {
      gzip: gzipSync(large),
      deflate: deflateSync(large),
      br: brotliCompressSync(large),
      'gzip, gzip': gzipSync(gzipSync(large)),
      zstd: Buffer.from('hello'),
      identity: large,
    };
    for (const [encoding, body] of Object.entries(bombs)) {
      const answer = await send({ headers: { ...JSON_TYPE, 'content-encoding': encoding }, body });
      // A door that closes while we still write is as good as a refusal.
      tried(
        answer.status === 0 || (answer.status >= 400 && answer.status < 500),
        `20 MB as ${encoding}: HTTP ${answer.status}`,
      );
    }
    for (const type of [
      'application/json; charset=utf-16',
      'application/json; charset=nonsense',
      'application/xml',
      'application/graphql',
      '',
    ]) {
      const answer = await send({
        headers: type === '' ? {} : { 'content-type': type },
        body: '{"query":"{ __typename }"}',
      });
      tried(
        answer.status >= 400 && answer.status < 500,
        `the type ${type === '' ? 'none' : type}: HTTP ${answer.status}`,
      );
    }
    for (const body of [
      Buffer.from([0xff, 0xfe, 0x7b]),
      Buffer.from('{"query":"\ud800"}'),
      '{"query":',
      'null',
      '[]',
      '"query"',
      '[{"query":"{ __typename }"},{"query":"{ __typename }"}]',
    ]) {
      const answer = await send({ headers: JSON_TYPE, body });
      tried(
        answer.status >= 400 && answer.status < 500,
        `the body ${JSON.stringify(String(body)).slice(0, 40)}: HTTP ${answer.status}`,
      );
    }
    return result();
  },
};
