import { refuse } from '@zhitong/kit/commands';
import type { ClientSession } from 'mongoose';
import { conditionsOf } from '../domain/benefit/benefit.js';
import { policiesAskedAbout } from '../domain/policy/had-before.js';
import type { PolicyContent } from '../domain/policy/policy.js';
import { said } from '../domain/refusal-words.js';
import type { Stores } from '../stores.js';
import { contentDigest, newVersion } from './import-policies.js';

/** Which version a draft was saved as. */
export interface SavedDraft {
  readonly policyId: string;
  readonly version: number;
}

/**
 * Saves a draft, in place of the draft that is there, else as the next version, in the caller's transaction.
 * @throws CommandRefused INVALID for a policy of another department or one that excludes a policy that there is not,
 *   STALE_VERSION when its draft was published meanwhile
 */
export async function saveDraft(
  { versions }: Pick<Stores, 'versions'>,
  content: PolicyContent,
  {
    by,
    now,
    mayWrite,
    session,
  }: {
    readonly by: string;
    readonly now: Date;
    readonly mayWrite: (content: PolicyContent) => boolean;
    readonly session: ClientSession;
  },
): Promise<SavedDraft> {
  const known = await versions.versions(content.id, session);
  const [newest] = known;
  const others = await versions.known(content.excludes, session);
  const unknown = content.excludes.findIndex((id) => !others.has(id));
  if (unknown >= 0)
    return refuse('INVALID', said('EXCLUDES_UNKNOWN', { policy: content.excludes[unknown] ?? '' }), [
      'content',
      `excludes[${String(unknown)}]`,
    ]);
  const asked = policiesAskedAbout([...content.criteria, ...conditionsOf(content.benefit)]);
  const there = await versions.known(asked, session);
  const missing = asked.find((id) => !there.has(id) && id !== content.id);
  if (missing !== undefined)
    return refuse('INVALID', said('ASKS_UNKNOWN_POLICY', { policy: missing }), ['content', 'criteria']);
  if (known.some((version) => !mayWrite(version.content)))
    return refuse('INVALID', said('POLICY_OF_ANOTHER', { policy: content.id }), ['content', 'id']);
  if (newest?.state === 'DRAFT') {
    const change = { content, effective: content.window, digest: contentDigest(content) };
    if (!(await versions.replaceDraft(content.id, newest.version, change, session)))
      return refuse('STALE_VERSION', said('DRAFT_PUBLISHED', { policy: content.id }), ['content']);
    return { policyId: content.id, version: newest.version };
  }
  const version = (newest?.version ?? 0) + 1;
  await versions.insert(newVersion(content, { version, by, now, published: false }), session);
  return { policyId: content.id, version };
}
