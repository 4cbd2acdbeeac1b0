import { createHash } from 'node:crypto';
import type { Clock } from '@zhitong/kit';
import { inTransaction } from '@zhitong/kit/mongo';
import { dayInShanghai } from '@zhitong/values';
import type { ClientSession, Connection } from 'mongoose';
import { readPolicyFile, writePolicy, type ImportRefusal } from '../domain/format/import-format.js';
import { conditionsOf } from '../domain/benefit/benefit.js';
import { policiesAskedAbout } from '../domain/policy/had-before.js';
import type { PolicyContent } from '../domain/policy/policy.js';
import type { Problem } from '../domain/problem.js';
import { givesWay, overlapProblems } from '../domain/policy/validate.js';
import { said } from '../domain/refusal-words.js';
import type { PolicyVersionRecord } from '../models/policy-version.js';
import type { Stores } from '../stores.js';

/** What an import did. */
export interface ImportSummary {
  /** Policies that were new or changed; each is a new published version. */
  readonly written: number;
  /** Policies that are here already as the file has them. */
  readonly unchanged: number;
  readonly refused: readonly ImportRefusal[];
}

export interface ImportOptions {
  readonly connection: Connection;
  readonly stores: Pick<Stores, 'versions' | 'parameters'>;
  readonly clock: Clock;
  /** Who imports, for the record. */
  readonly by: string;
  readonly progress?: (read: number, total: number) => void;
}

/**
 * Imports a policy file: each policy is published as a new version unless it is here already as it stands. A policy
 * whose window overlaps that of a published version with another content is refused, since two contents would apply on
 * one day. Each policy is written on its own, so an import that was killed can be run again.
 */
export async function importPolicies(file: unknown, options: ImportOptions): Promise<ImportSummary> {
  const { accepted, refused } = readPolicyFile(
    file,
    dayInShanghai(options.clock.now()),
    await options.stores.parameters.known(),
  );
  const refusals = [...refused];
  const ids = new Set(accepted.map(({ id }) => id));
  let written = 0;
  let unchanged = 0;
  for (const [index, content] of accepted.entries()) {
    const outcome = await inTransaction(options.connection, async (session) =>
      publishContent(content, { ...options, beside: ids }, session),
    );
    if (outcome === 'UNCHANGED') unchanged += 1;
    else if (outcome === 'WRITTEN') written += 1;
    else refusals.push({ policy: content.id, problems: outcome });
    options.progress?.(index + 1, accepted.length);
  }
  return { written, unchanged, refused: refusals };
}

async function publishContent(
  content: PolicyContent,
  {
    stores: { versions },
    clock,
    by,
    beside,
  }: ImportOptions & {
    /** Policies of the same file: they may name each other, in whichever order. */
    readonly beside: ReadonlySet<string>;
  },
  session: ClientSession,
): Promise<'WRITTEN' | 'UNCHANGED' | readonly Problem[]> {
  const known = await versions.versions(content.id, session);
  const published = known.filter(({ state }) => state === 'PUBLISHED');
  const digest = contentDigest(content);
  if (published.some((version) => version.digest === digest)) return 'UNCHANGED';
  const problems = overlapProblems(
    content.window,
    published
      .filter((one) => !givesWay(one.content, content))
      .map(({ version, effective }) => ({ version, window: effective })),
  );
  const asked = policiesAskedAbout([...content.criteria, ...conditionsOf(content.benefit)]);
  const others = await versions.known([...content.excludes, ...asked], session);
  const unknown = content.excludes.flatMap((id, index): Problem[] =>
    others.has(id) || beside.has(id)
      ? []
      : [{ place: `excludes[${String(index)}]`, code: 'UNKNOWN_POLICY', ...said('UNKNOWN_POLICY', { policy: id }) }],
  );
  const unheard = asked.flatMap((id): Problem[] =>
    others.has(id) || beside.has(id) || id === content.id
      ? []
      : [{ place: 'criteria', code: 'UNKNOWN_POLICY', ...said('UNKNOWN_POLICY_ASKED', { policy: id }) }],
  );
  if (problems.length + unknown.length + unheard.length > 0) return [...problems, ...unknown, ...unheard];
  await versions.insert(
    newVersion(content, { version: (known[0]?.version ?? 0) + 1, by, now: clock.now(), published: true }),
    session,
  );
  return 'WRITTEN';
}

/** The record of a new version. */
export function newVersion(
  content: PolicyContent,
  { version, by, now, published }: { version: number; by: string; now: Date; published: boolean },
): PolicyVersionRecord {
  return {
    policyId: content.id,
    version,
    state: published ? 'PUBLISHED' : 'DRAFT',
    content,
    effective: content.window,
    digest: contentDigest(content),
    createdAt: now,
    createdBy: by,
    publishedAt: published ? now : null,
    publishedBy: published ? by : null,
  };
}

/** Equal contents have equal digests. */
export const contentDigest = (content: PolicyContent): string =>
  createHash('sha256')
    .update(JSON.stringify(writePolicy(content)))
    .digest('base64url');
