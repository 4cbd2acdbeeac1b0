import { dayInShanghai, forbidden, heldBack, requireRole } from '@zhitong/kit';
import { mayWritePolicyOf } from '../domain/access.js';
import { readPolicy } from '../domain/import-format.js';
import type { PolicyContent } from '../domain/policy.js';
import type { MutationResolvers } from '../generated/resolvers-types.js';
import { refused, type CommandOutcome } from '../usecases/command.js';
import { idempotencyKeyArgument, refusalOf } from './mutation-input.js';

const SHOWN_PROBLEMS = 100;
/** Far more than a policy that can be read has. */
const MOST_LEVELS = 100;

export const savePolicyDraft: NonNullable<MutationResolvers['savePolicyDraft']> = async (_root, { input }, { actor, clock, register, stores, policyCommands }) => {
  requireRole(actor, ['OFFICER'], 'savePolicyDraft');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const now = clock.now();
  const read = draftOf(readPolicy(input.content, dayInShanghai(now), await stores.parameters.known()));
  // Nothing that nests so deep was ever saved: this repeats nothing, and could not be compared.
  if (read.refusal !== null && nestsDeeper(input.content, MOST_LEVELS)) return { refusal: refusalOf(read.refusal) };
  const issuer = read.result?.issuerCode ?? null;
  if (issuer !== null && !mayWritePolicyOf(actor, issuer)) throw forbidden(`Policies of ${issuer} are written by its officers.`);
  const mayWrite = (other: PolicyContent): boolean => mayWritePolicyOf(actor, other.issuerCode);
  // The issuer is the officer's own department, which is known with the token.
  const code = read.result?.region.code ?? null;
  const unknown = await heldBack(register.faultsOf(code === null ? [] : [{ kind: 'area', code, path: ['content', 'region', 'code'] }]));
  const { result, refusal } = await policyCommands.saveDraft({ idempotencyKey, actor, unknown, now, asked: input.content, read, mayWrite });
  if (refusal !== null) return { refusal: refusalOf(refusal) };
  return { version: (await stores.versions.versions(result.policyId)).find(({ version }) => version === result.version) };
};

const nestsDeeper = (value: unknown, levels: number): boolean => typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((inner) => nestsDeeper(inner, levels - 1)));

/** A draft that a department can save, or everything that is wrong with it. */
function draftOf({ policy, problems }: ReturnType<typeof readPolicy>): CommandOutcome<PolicyContent> {
  if (policy === null) {
    const [first] = problems;
    return refused('INVALID', `The draft has ${problems.length} problems; the first: ${first?.place ?? ''}: ${first?.message ?? ''}`, ['content', first?.place ?? ''], { problems: problems.slice(0, SHOWN_PROBLEMS) });
  }
  return policy.issuerCode === null ? refused('INVALID', 'issuer_code must name the department that issues the policy.', ['content', 'issuer_code']) : { result: policy, refusal: null };
}

export const publishPolicy: NonNullable<MutationResolvers['publishPolicy']> = async (_root, { input }, { actor, clock, shelf, policyCommands }) => {
  requireRole(actor, ['OFFICER'], 'publishPolicy');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const { policy: policyId, version } = input;
  const { refusal } = await policyCommands.publish({ idempotencyKey, actor, now: clock.now(), policyId, version, endPrevious: input.endPrevious ?? false, mayWrite: ({ issuerCode }) => mayWritePolicyOf(actor, issuerCode) });
  return refusal === null ? { policy: shelf.byId(policyId) } : { refusal: refusalOf(refusal) };
};
