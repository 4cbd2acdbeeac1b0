// What only those who run the hub may see, asked at the door that is open to all.
import { verdict } from '../verdict.mjs';

export default {
  name: 'operations',
  what: 'metrics, details of health, files and consoles at the public port',
  run: async ({ send, graph, operations }) => {
    const { tried, result } = verdict();
    // As it is written: a path that begins with two slashes names no host.
    const get = (path) => send({ url: `${new URL(graph).origin}${path}`, method: 'GET' });
    for (const path of [
      '/metrics',
      '/metrics/',
      '/METRICS',
      '//metrics',
      '/health/../metrics',
      '/%6detrics',
      '/.env',
      '/.git/config',
      '/package.json',
      '/server.js',
      '/debug',
      '/admin',
      '/events',
      '/.data/gateway/signing-keys.pem',
      '/graphql/../../gateway/signing-keys.pem',
    ]) {
      const { status, text } = await get(path);
      tried(
        status >= 400 && status < 500 && !text.includes('# HELP') && !text.includes('PRIVATE KEY'),
        `GET ${path}: HTTP ${status}`,
      );
    }
    const ready = await get('/health/ready');
    tried(
      !/enterprises|policies|credit|cases/.test(ready.text),
      `/health/ready tells strangers about departments: ${ready.text.slice(0, 120)}`,
    );
    for (const path of ['/', '/graphql', '/health/live', '/nowhere', '/.well-known/jwks.json']) {
      const { status, headers } = await get(path);
      tried(headers['x-content-type-options'] === 'nosniff', `GET ${path}: HTTP ${status} without nosniff`);
      tried(
        headers['x-powered-by'] === undefined && headers.server === undefined,
        `GET ${path} names what it is made with`,
      );
    }
    if (operations !== undefined) {
      const { status, text } = await send({ url: new URL('/metrics', operations).href, method: 'GET' });
      tried(status === 200 && text.includes('# HELP'), `the operations port has no metrics: HTTP ${status}`);
    }
    return result();
  },
};
