import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { graphTokenFile, subgraphConfig } from '@zhitong/kit';
import { decodeJwt } from 'jose';
import { hubConfig } from '../../launcher/src/config.js';
import { eventRouteVariables } from '../../launcher/src/event-routes.js';
import { Hub } from '../../launcher/src/hub.js';
import { departmentEnvironment, gatewayEnvironment } from '../../launcher/src/own-environment.js';
import { keepServiceTokens } from '../../launcher/src/service-tokens.js';
import { departmentNames as NAMES } from '../support/departments.js';
import { fakeHub } from './support/fake-hub.js';

const HUB = {
  PATH: '/bin',
  MONGODB_URI: 'mongodb://shared',
  ZHITONG_GATEWAY_KEYS: '/data/gateway-keys.json',
  GATEWAY_SIGNING_KEY_FILE: '/data/gateway/signing-keys.pem',
  JWT_PUBLIC_KEY_FILE: '/city.pem',
  REGISTRY_MONGODB_URI: 'mongodb://registry',
  ...Object.fromEntries(
    NAMES.flatMap((name) =>
      [
        'WEBHOOKS',
        'EVENT_SECRETS',
        'GRAPH_TOKEN_FILE',
        'GRAPH_CLIENT_SECRET',
        'MONGODB_URI',
        'PORT',
        'URL',
        'SOCKET',
      ].map((what) => [`${name.toUpperCase()}_${what}`, `${name}'s ${what}`]),
    ),
  ),
};

describe("the environment of the hub's processes", () => {
  it.each(NAMES)('tells %s nothing that belongs to another department or to the gateway', (name) => {
    const environment = departmentEnvironment(HUB, name, NAMES);
    const own = Object.entries(HUB).filter(([variable]) => variable.startsWith(`${name.toUpperCase()}_`));
    expect(environment).toEqual({
      PATH: '/bin',
      MONGODB_URI: 'mongodb://shared',
      ZHITONG_GATEWAY_KEYS: '/data/gateway-keys.json',
      ...Object.fromEntries(own),
    });
  });

  it('tells the gateway where departments are, and none of their secrets', () => {
    const addresses = Object.fromEntries(
      NAMES.flatMap((name) =>
        ['PORT', 'URL', 'SOCKET'].map((what) => [`${name.toUpperCase()}_${what}`, `${name}'s ${what}`]),
      ),
    );
    expect(gatewayEnvironment(HUB, NAMES)).toEqual({
      PATH: '/bin',
      ZHITONG_GATEWAY_KEYS: '/data/gateway-keys.json',
      GATEWAY_SIGNING_KEY_FILE: '/data/gateway/signing-keys.pem',
      JWT_PUBLIC_KEY_FILE: '/city.pem',
      REGISTRY_MONGODB_URI: 'mongodb://registry',
      ...addresses,
    });
  });

  it('gives each pair of departments a secret of its own for their events', () => {
    const { departments } = hubConfig({});
    const variables = eventRouteVariables({
      departments,
      host: '127.0.0.1',
      root: 'root',
      given: (name, port) => subgraphConfig(name, port, {}),
    });
    const secrets = NAMES.flatMap((name) =>
      (JSON.parse(variables[`${name.toUpperCase()}_WEBHOOKS`] ?? '[]') as { secret: string }[]).map(
        ({ secret }) => secret,
      ),
    );
    expect(new Set(secrets).size).toBe(6);
    const toPolicies = Object.values(JSON.parse(variables['POLICIES_EVENT_SECRETS'] ?? '{}') as Record<string, string>);
    const fromPolicies = (JSON.parse(variables['POLICIES_WEBHOOKS'] ?? '[]') as { secret: string }[]).map(
      ({ secret }) => secret,
    );
    const known = new Set([...toPolicies, ...fromPolicies]);
    // Of the enterprises' route to the policies the credit department knows nothing.
    const credit = departmentEnvironment(variables, 'credit', NAMES);
    const enterprisesSecret =
      (JSON.parse(variables['ENTERPRISES_WEBHOOKS'] ?? '[]') as { id: string; secret: string }[]).find(
        ({ id }) => id === 'policies',
      )?.secret ?? 'none';
    expect(known.has(enterprisesSecret)).toBe(true);
    expect(JSON.stringify(credit)).not.toContain(enterprisesSecret);
  });

  it('names to no department of a started hub where a private key is', async () => {
    const fake = await fakeHub({ ZHITONG_DEMO: 'off' });
    const hub = new Hub(fake.config, () => undefined);
    await hub.start();
    try {
      const privateFolder = path.join(fake.config.kit.dataDir, 'gateway');
      expect(existsSync(privateFolder)).toBe(true);
      const secrets = ['signing-keys.pem', 'development-jwt.pem', 'event-routes.key'].map((file) =>
        readFileSync(path.join(privateFolder, file), 'utf8').trim(),
      );
      for (const name of NAMES) {
        const environment = fake.environmentOf(name);
        const text = JSON.stringify(environment);
        expect(environment['ZHITONG_GATEWAY_KEYS']).toBe(path.join(fake.config.kit.dataDir, 'gateway-keys.json'));
        expect(environment['ZHITONG_DATA_DIR']).toBe(path.join(fake.config.kit.dataDir, 'departments', name));
        for (const secret of [`${privateFolder}/`, ...secrets]) expect(text).not.toContain(secret);
      }
      expect(fake.environmentOf('gateway')['GATEWAY_SIGNING_KEY_FILE']).toBe(
        path.join(privateFolder, 'signing-keys.pem'),
      );
    } finally {
      await hub.stop();
    }
  });
});

describe('the tokens with which departments read the graph', () => {
  it('are written for each, and renewed while the hub runs', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'zhitong-tokens-'));
    const file = graphTokenFile(dataDir, 'cases');
    const tokens = await keepServiceTokens({
      dataDir,
      identities: [{ name: 'cases', department: 'YSB' }],
      tell: () => undefined,
      renewMs: 5,
    });
    const first = readFileSync(file, 'utf8');
    while (readFileSync(file, 'utf8') === first) await new Promise((resolve) => setTimeout(resolve, 5));
    await tokens.stop();
    expect(decodeJwt(readFileSync(file, 'utf8').trim())).toMatchObject({
      sub: 'dev:ysb:cases',
      roles: ['SERVICE'],
      department: 'YSB',
      service: 'cases',
    });
  });

  it('are not written for a department whose token the operator gives, and in production for none', () => {
    const names = (environment: Record<string, string>): string[] =>
      hubConfig(environment).serviceIdentities.map(({ name }) => name);
    expect(names({})).toEqual(['enterprises', 'cases', 'policies', 'credit']);
    expect(
      names({
        ENTERPRISES_GRAPH_TOKEN: 't',
        CASES_GRAPH_TOKEN: 't',
        POLICIES_GRAPH_TOKEN_FILE: 'f',
        CREDIT_GRAPH_TOKEN_URL: 'https://id.city.example/token',
        CREDIT_GRAPH_CLIENT_ID: 'credit',
        CREDIT_GRAPH_CLIENT_SECRET: 's',
      }),
    ).toEqual([]);
    expect(names({ ZHITONG_MODE: 'production' })).toEqual([]);
  });
});
