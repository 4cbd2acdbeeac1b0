// The header with which our departments know a caller: every gateway that is measured over them has to send it.
import { ASSERTION_HEADER, assertionSigner } from '../../kit/dist/identity/assertion.js';

const RENEW_MS = 20_000;
const AUDITOR = { sub: 'bench', roles: ['AUDITOR'] };

/** Keeps an auditor's assertion fresh, so that reading it costs nothing. */
export async function auditorAssertion() {
  const sign = assertionSigner(process.env.ZHITONG_INTERNAL_KEY);
  let current = await sign(AUDITOR);
  setInterval(() => void sign(AUDITOR).then((fresh) => (current = fresh)), RENEW_MS).unref();
  return { header: ASSERTION_HEADER, actor: AUDITOR, value: () => current };
}
