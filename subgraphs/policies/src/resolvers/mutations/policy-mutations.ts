import { forbidden, requireRole } from '@zhitong/kit';
import { faultPayload, idempotencyKeyArgument, payloadOf, refuse } from '@zhitong/kit/commands';
import { dayInShanghai } from '@zhitong/values';
import { mayChangePolicyOf, mayWritePolicyOf } from '../../domain/access.js';
import { readPolicy } from '../../domain/format/import-format.js';
import type { PolicyContent } from '../../domain/policy/policy.js';
import { said, type Said } from '../../domain/refusal-words.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { textArgument } from './mutation-input.js';

const SHOWN_PROBLEMS = 100;
/** Far more than a policy that can be read has. */
const MOST_LEVELS = 100;

export const savePolicyDraft: NonNullable<MutationResolvers['savePolicyDraft']> = async (
  _root,
  { input },
  { actor, clock, register, stores, policyCommands },
) => {
  requireRole(actor, ['OFFICER'], 'savePolicyDraft');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const now = clock.now();
  const { policy, fault } = draftOf(readPolicy(input.content, dayInShanghai(now), await stores.parameters.known()));
  // Nothing that nests so deep was ever saved: this repeats nothing, and could not be compared.
  if (policy === null && nestsDeeper(input.content, MOST_LEVELS))
    return faultPayload(fault.words, fault.path, fault.details);
  const issuer = policy?.issuerCode ?? null;
  if (issuer !== null && !mayWritePolicyOf(actor, issuer))
    throw forbidden(said('POLICIES_OF_ANOTHER', { department: issuer }));
  const outcome = await policyCommands.saveDraft({
    idempotencyKey,
    actor,
    now,
    // The issuer is the officer's own department, which is known with the token.
    unknown: async () => {
      const code = policy?.region.code ?? null;
      return code === null ? [] : register.faultsOf([{ kind: 'area', code, path: ['content', 'region', 'code'] }]);
    },
    asked: input.content,
    read: () => policy ?? refuse('INVALID', fault.words, fault.path, fault.details),
    mayWrite: (other: PolicyContent): boolean => mayChangePolicyOf(actor, other.issuerCode),
  });
  return payloadOf(outcome, async ({ policyId, version: saved }) => ({
    version: (await stores.versions.versions(policyId)).find(({ version }) => version === saved),
  }));
};

const nestsDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => nestsDeeper(inner, levels - 1)));

type ReadDraft =
  | { readonly policy: PolicyContent; readonly fault: null }
  | {
      readonly policy: null;
      readonly fault: { readonly words: Said; readonly path: readonly string[]; readonly details: object };
    };

/** A draft that a department can save, or what is wrong with it. */
function draftOf({ policy, problems }: ReturnType<typeof readPolicy>): ReadDraft {
  if (policy === null) {
    const [first] = problems;
    return {
      policy: null,
      fault: {
        words: said('DRAFT_UNUSABLE', {
          count: problems.length,
          place: first?.place ?? '',
          problem: first?.message ?? '',
          problemInChinese: first?.zh ?? '',
        }),
        path: ['content', first?.place ?? ''],
        details: { problems: problems.slice(0, SHOWN_PROBLEMS) },
      },
    };
  }
  if (policy.issuerCode !== null) return { policy, fault: null };
  return {
    policy: null,
    fault: {
      words: said('NO_ISSUER'),
      path: ['content', 'issuer_code'],
      details: {},
    },
  };
}

export const publishPolicy: NonNullable<MutationResolvers['publishPolicy']> = async (
  _root,
  { input },
  { actor, clock, shelf, policyCommands },
) => {
  requireRole(actor, ['OFFICER'], 'publishPolicy');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const { policy: policyId, version } = input;
  const mayWrite = ({ issuerCode }: PolicyContent): boolean => mayChangePolicyOf(actor, issuerCode);
  const outcome = await policyCommands.publish({
    idempotencyKey,
    actor,
    now: clock.now(),
    policyId,
    version,
    endPrevious: input.endPrevious ?? false,
    mayWrite,
  });
  return payloadOf(outcome, () => ({ policy: shelf.byId(policyId) }));
};

export const withdrawPolicy: NonNullable<MutationResolvers['withdrawPolicy']> = async (
  _root,
  { input },
  { actor, clock, stores, policyCommands },
) => {
  requireRole(actor, ['OFFICER'], 'withdrawPolicy');
  const { policy: policyId, version } = input;
  const outcome = await policyCommands.withdraw({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    now: clock.now(),
    policyId,
    version,
    reason: textArgument(input.reason, 'reason', true),
    mayWrite: ({ issuerCode }) => mayChangePolicyOf(actor, issuerCode),
  });
  return payloadOf(outcome, async (grantsUnderWay) => ({
    version: (await stores.versions.versions(policyId)).find((one) => one.version === version),
    grantsUnderWay,
  }));
};
