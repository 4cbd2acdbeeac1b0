import { readFileSync } from 'node:fs';
import { Hub } from '../../launcher/src/hub.js';
import { departmentNames as NAMES } from '../support/departments.js';
import { fakeHub } from './support/fake-hub.js';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

/**
 * The programs' only readers of the environment, and every variable that one of them names; `<NAME>_` stands for each
 * department.
 */
const READERS = [
  'kit/src/config.ts',
  'gateway/src/config.ts',
  'launcher/src/config.ts',
  'registry/src/config.ts',
  ...NAMES.map((name) => `subgraphs/${name}/src/config.ts`),
];
const variables = [
  ...new Set(
    READERS.flatMap((file) => {
      const text = read(file);
      const named = [...text.matchAll(/^\s+([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*):/gm)]
        .map(([, name = '']) => name)
        .filter((name) => /_|^PORT$/.test(name));
      const made = [...text.matchAll(/`\$\{prefix\}_([A-Z_]+)`/g)].flatMap(([, ending = '']) =>
        NAMES.map((name) => `${name.toUpperCase()}_${ending}`),
      );
      return [...named, ...made];
    }),
  ),
].sort();

/** What the launcher itself decides for its children, and why. */
const DECIDED = new Set([
  'NODE_ENV', // Libraries check themselves at every step otherwise; ZHITONG_MODE says what NODE_ENV had said.
  'ZHITONG_HOST', // Departments stay on this machine; the gateway gets it as given.
  'ZHITONG_TEST_MONGODB_URI', // Of the tests alone.
]);

const webhook = {
  id: 'archive',
  url: 'https://archive.city.example/events',
  eventTypes: ['cn.zhitong'],
  secret: 'whsec_YXJjaGl2ZQ==',
};
/** A value of each form that is not the default. */
function givenFor(name: string, known: Readonly<Record<string, string>>): string {
  const ending = Object.entries({
    _WEBHOOKS: JSON.stringify([webhook]),
    _EVENT_SECRETS: JSON.stringify({ 'urn:zhitong:archive': 'whsec_YXJjaGl2ZQ==' }),
    _GRAPH_URL: 'http://127.0.0.1:5999/graphql',
    _JWKS_URL: 'https://login.city.example/keys',
    _URL: 'http://127.0.0.1:5998/graphql',
    _MODE: 'development',
    _LEVEL: 'error',
    _DEMO: 'off',
    _DATE: '2026-11-19',
    _EXECUTOR: 'apollo',
    _DOCUMENTS: 'registered',
    _DEPARTMENTS: 'RMYH',
    _DAYS_OFF: '2026-11-19',
    _WORKING_DAYS: '2026-11-21',
    _ORIGINS: 'https://a.example',
    _MONGOD: '/usr/bin/mongod',
    _KEY: 'k'.repeat(40),
    _OFFICE: 'CZJ',
    _TOKEN: 'token',
    _SUPERGRAPH: '/tmp/supergraph.graphql',
    _ISSUER: 'city',
    _AUTHORITY: 'https://login.city.example',
    _AUDIENCE: 'graph',
    _FILE: '/tmp/key.pem',
    _SOCKET: '/tmp/given.sock',
    _MINUTES: '7',
    _HOPS: '2',
  }).find(([end]) => name.endsWith(end));
  return known[name] ?? ending?.[1] ?? '500';
}

describe('the settings of an operator', () => {
  it('are found in the readers of the environment', () => {
    expect(variables).toEqual(
      expect.arrayContaining([
        'PORT',
        'CASES_WEBHOOKS',
        'CREDIT_EVENT_SECRETS',
        'ZHITONG_GRAPH_URL',
        'POLICIES_MONGODB_URI',
        'GATEWAY_LIMIT_DEPTH',
        'CASES_TICK_MINUTES',
        'ZHITONG_DATA_DIR',
        'ZHITONG_HUNG_SECONDS',
      ]),
    );
    expect(variables.length).toBeGreaterThan(60);
  });

  it('arrive as they were given at each process that they are for, whatever the launcher adds', async () => {
    const base = (await fakeHub()).environment;
    const skipped = new Set([...DECIDED, 'JWT_JWKS_URL', 'JWT_PUBLIC_KEY_FILE', 'JWT_ISSUER', 'JWT_AUDIENCE']);
    const uris = Object.fromEntries(
      NAMES.map((name) => [`${name.toUpperCase()}_MONGODB_URI`, base['MONGODB_URI'] ?? '']),
    );
    const given = Object.fromEntries(
      variables.filter((name) => !skipped.has(name)).map((name) => [name, givenFor(name, { ...base, ...uris })]),
    );
    const fake = await fakeHub({
      ...given,
      NODE_OPTIONS: '--max-semi-space-size=8',
      ...Object.fromEntries(
        [
          'PORT',
          'REGISTRY_PORT',
          'ZHITONG_DATA_DIR',
          ...NAMES.flatMap((name) => [`${name.toUpperCase()}_PORT`, `${name.toUpperCase()}_DATABASE`]),
        ].map((name) => [name, base[name] ?? '']),
      ),
    });
    const hub = new Hub(fake.config, () => undefined);
    await hub.start();
    await hub.stop();
    const ownersOf = (variable: string): string[] => {
      const department = NAMES.find((name) => variable.startsWith(`${name.toUpperCase()}_`));
      if (department !== undefined)
        return /_(URL|PORT|SOCKET)$/.test(variable) && !variable.includes('GRAPH') && !/MONGODB|REGISTRY/.test(variable)
          ? [department, 'gateway', 'registry']
          : [department];
      // The registry is asked by the gateway alone: a department has no business with its password.
      if (/^(GATEWAY|JWT|REGISTRY)_/.test(variable)) return ['gateway', 'registry'];
      return variable === 'MONGODB_URI' ? [...NAMES] : [...NAMES, 'gateway', 'registry'];
    };
    for (const process of [...NAMES, 'gateway', 'registry']) {
      const arrived = fake.environmentOf(process);
      const kept = Object.keys(given).filter(
        (name) =>
          ownersOf(name).includes(process) &&
          !/_(WEBHOOKS|EVENT_SECRETS|WEBHOOK_ALLOWED_HOSTS)$|^ZHITONG_DATA_DIR$/.test(name),
      );
      expect(Object.fromEntries(kept.map((name) => [name, arrived[name]]))).toEqual(
        Object.fromEntries(kept.map((name) => [name, fake.environment[name]])),
      );
      if (process === 'gateway' || process === 'registry') continue;
      const name = process.toUpperCase();
      expect(JSON.parse(arrived[`${name}_WEBHOOKS`] ?? '')).toContainEqual(webhook);
      expect(arrived[`${name}_WEBHOOK_ALLOWED_HOSTS`]?.split(',')).toContain('500');
      expect(JSON.parse(arrived[`${name}_EVENT_SECRETS`] ?? '')).toMatchObject({
        'urn:zhitong:archive': webhook.secret,
      });
    }
    expect(fake.environmentOf('cases')).toMatchObject({ ZHITONG_HOST: '127.0.0.1' });
    // Node takes the last: the operator's counts.
    expect(fake.environmentOf('cases')['NODE_OPTIONS']).toMatch(/--max-semi-space-size=\d+ --max-semi-space-size=8$/);
  });

  it('of a receiver and a secret under the name of a route count for that route', async () => {
    const own = {
      id: 'policies',
      url: 'https://policies.city.example/events',
      eventTypes: ['cn.zhitong.enterprise'],
      secret: 'whsec_b3du',
    };
    const fake = await fakeHub({
      ZHITONG_DEMO: 'off',
      ENTERPRISES_WEBHOOKS: JSON.stringify([own]),
      POLICIES_EVENT_SECRETS: JSON.stringify({ 'urn:zhitong:credit': 'whsec_Z2l2ZW4=' }),
    });
    const hub = new Hub(fake.config, () => undefined);
    await hub.start();
    await hub.stop();
    expect(JSON.parse(fake.environmentOf('enterprises')['ENTERPRISES_WEBHOOKS'] ?? '')).toEqual([
      expect.objectContaining({ id: 'cases', eventTypes: ['cn.zhitong.problem'] }),
      own,
    ]);
    // The department that sends signs with the secret that the one that receives was given.
    expect(JSON.parse(fake.environmentOf('credit')['CREDIT_WEBHOOKS'] ?? '')).toEqual([
      expect.objectContaining({ id: 'enterprises', eventTypes: ['cn.zhitong.credit', 'cn.zhitong.pledge'] }),
      expect.objectContaining({ id: 'policies', secret: 'whsec_Z2l2ZW4=' }),
    ]);
  });

  it('are written down in one of the READMEs', () => {
    const readmes = [
      'README.md',
      'gateway/README.md',
      'kit/README.md',
      'docs/registry.md',
      ...NAMES.map((name) => `subgraphs/${name}/README.md`),
    ]
      .map(read)
      .join('\n');
    const isWritten = (name: string): boolean =>
      readmes.includes(name) ||
      NAMES.some(
        (one) => name.startsWith(`${one.toUpperCase()}_`) && readmes.includes(`<NAME>${name.slice(one.length)}`),
      );
    expect(variables.filter((name) => !DECIDED.has(name) && !isWritten(name))).toEqual([]);
  });
});
