import { z } from 'zod';
import { plainId } from './manifest.js';

const NAME = /^[a-z0-9](?:[\w.-]{0,62}[a-z0-9])?$/i;
const part = z
  .string()
  .regex(NAME, 'must be 1 to 64 letters, digits, dots, hyphens and underscores')
  .refine((value) => !value.includes('..'), 'must not have two dots in a row');

/** What one version of a client has registered. */
export const clientRelease = z.strictObject({
  client: part,
  version: part,
  /** The contract that it develops against; the whole graph where it names none. */
  contract: z.string().optional(),
  /** RFC 3339. */
  publishedAt: z.iso.datetime({ offset: true }),
  /** Whom departments speak to before they change what it uses, for example a mail address. */
  contact: z.string().trim().min(1).max(200).optional(),
  documents: z.array(z.strictObject({ id: z.string().min(1), body: z.string() })),
});
export type ClientRelease = z.infer<typeof clientRelease>;

/** A release that cannot be registered, and why; the store stays as it is. */
export class RefusedRelease extends Error {}

/**
 * The documents that clients have registered. Whoever judges a change of the schema reads them here, and so does
 * whoever answers a document by its hash.
 */
export interface ClientDocumentStore {
  /** Every release, by client and version. @throws Error that names the record that cannot be read. */
  releases(): Promise<readonly ClientRelease[]>;
  /**
   * Adds a release. The same once more changes nothing.
   * @throws RefusedRelease when that version has other documents, or one of its ids stands for another text.
   */
  publish(release: ClientRelease): Promise<'published' | 'known'>;
  /** Takes a release out, whose documents then hold no change up. @returns false when there is none. */
  retire(client: string, version: string): Promise<boolean>;
}

/**
 * Whether a release may be added to those that are there.
 * @returns `known` when it is there already.
 * @throws RefusedRelease, see `ClientDocumentStore.publish`; also for an id that stands for two texts within it.
 */
export function judgeRelease(release: ClientRelease, present: readonly ClientRelease[]): 'new' | 'known' {
  const faults = clientRelease.safeParse(release);
  if (!faults.success) throw new RefusedRelease(z.prettifyError(faults.error));
  const same = present.find(({ client, version }) => client === release.client && version === release.version);
  if (same !== undefined) {
    if (contentOf(same) === contentOf(release)) return 'known';
    throw new RefusedRelease(
      `${release.client} ${release.version} is registered with other documents; a changed client needs a version of its own.`,
    );
  }
  const texts = new Map<string, string>();
  for (const { id, body } of [...present.flatMap(({ documents }) => documents), ...release.documents]) {
    const known = texts.get(plainId(id));
    if (known !== undefined && known !== body) throw new RefusedRelease(`${id} stands for another text already.`);
    texts.set(plainId(id), body);
  }
  return 'new';
}

const contentOf = ({ contract, documents }: ClientRelease): string =>
  JSON.stringify([
    contract ?? null,
    documents.map(({ id, body }) => [plainId(id), body]).sort(([one = ''], [other = '']) => (one < other ? -1 : 1)),
  ]);
