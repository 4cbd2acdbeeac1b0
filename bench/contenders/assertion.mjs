// The header with which our departments know a caller: every gateway that is measured over them has to sign each
// exchange.
import { readFileSync } from 'node:fs';
import { ASSERTION_HEADER } from '../../kit/dist/identity/assertion.js';
import { assertionSigner } from '../../kit/dist/identity/assertion-signer.js';
import { readSigningKeys } from '../../kit/dist/identity/signing-key.js';

export const AUDITOR = { sub: 'bench', roles: ['AUDITOR'] };
const [key] = readSigningKeys(readFileSync(process.env.GATEWAY_SIGNING_KEY_FILE, 'utf8'));
const departments = [
  ...readFileSync(process.env.BENCH_SUPERGRAPH, 'utf8').matchAll(/@join__graph\(name: "([^"]+)", url: "([^"]+)"\)/g),
].map(([, name, url]) => ({ name, url }));

/** Signs as the hub's own gateway does. */
export const sign = assertionSigner(() => key);

/** The header for one request of an auditor, by the address to which it goes. */
export function auditorHeader(url, body) {
  const department = departments.find((one) => one.url === String(url))?.name;
  return department === undefined
    ? {}
    : { [ASSERTION_HEADER]: sign({ actor: AUDITOR, department, body: String(body) }) };
}
