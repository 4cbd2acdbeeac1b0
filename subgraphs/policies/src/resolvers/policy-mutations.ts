import { dayInShanghai, forbidden, heldBack, requireRole } from '@zhitong/kit';
import { mayWritePolicyOf } from '../domain/access.js';
import { readPolicy } from '../domain/import-format.js';
import type { PolicyContent } from '../domain/policy.js';
import type { MutationResolvers } from '../generated/resolvers-types.js';
import { idempotencyKeyArgument, refusalOf } from './mutation-input.js';

const SHOWN_PROBLEMS = 100;

export const savePolicyDraft: NonNullable<MutationResolvers['savePolicyDraft']> = async (_root, { input }, { actor, clock, register, stores, policyCommands }) => {
  requireRole(actor, ['OFFICER'], 'savePolicyDraft');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const now = clock.now();
  const { policy: content, problems } = readPolicy(input.content, dayInShanghai(now), await stores.parameters.known());
  if (content === null) {
    const [first] = problems;
    return { refusal: { code: 'INVALID', message: `The draft has ${problems.length} problems; the first: ${first?.place ?? ''}: ${first?.message ?? ''}`, path: ['content', first?.place ?? ''], details: { problems: problems.slice(0, SHOWN_PROBLEMS) } } };
  }
  if (content.issuerCode === null) return { refusal: { code: 'INVALID', message: 'issuer_code must name the department that issues the policy.', path: ['content', 'issuer_code'], details: null } };
  if (!mayWritePolicyOf(actor, content.issuerCode)) throw forbidden(`Policies of ${content.issuerCode} are written by its officers.`);
  const mayWrite = (other: PolicyContent): boolean => mayWritePolicyOf(actor, other.issuerCode);
  // The issuer is the officer's own department, which is known with the token.
  const { code } = content.region;
  const unknown = await heldBack(register.faultsOf(code === null ? [] : [{ kind: 'area', code, path: ['content', 'region', 'code'] }]));
  const { result, refusal } = await policyCommands.saveDraft({ idempotencyKey, actor, unknown, now, content, mayWrite });
  if (refusal !== null) return { refusal: refusalOf(refusal) };
  return { version: (await stores.versions.versions(content.id)).find(({ version }) => version === result) };
};

export const publishPolicy: NonNullable<MutationResolvers['publishPolicy']> = async (_root, { input }, { actor, clock, shelf, policyCommands }) => {
  requireRole(actor, ['OFFICER'], 'publishPolicy');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const { policy: policyId, version } = input;
  const { refusal } = await policyCommands.publish({ idempotencyKey, actor, now: clock.now(), policyId, version, endPrevious: input.endPrevious ?? false, mayWrite: ({ issuerCode }) => mayWritePolicyOf(actor, issuerCode) });
  return refusal === null ? { policy: shelf.byId(policyId) } : { refusal: refusalOf(refusal) };
};
