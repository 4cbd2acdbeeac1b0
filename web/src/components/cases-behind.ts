import type { To } from 'react-router';
import { useSession, type Role } from '../app/session.js';
import type { CaseFigureName, CaseGrouping } from '../generated/graphql.js';
import type { RateLists } from './figure.js';

/** Who reads cases: for the others a figure has no list behind it. */
const READERS: ReadonlySet<Role> = new Set<Role>(['OFFICER', 'COORDINATOR', 'AUDITOR']);

/** A group whose figure it is, as the graph's statistics name it. */
interface Group {
  readonly groupBy: CaseGrouping;
  readonly key: string;
}

/** Addresses of the lists behind the figures of cases in a period. */
export interface CasesBehind {
  /** The cases that a count counts, or all of which a rate is one. */
  list(figure: CaseFigureName, group?: Group): To | undefined;
  /** Those of both parts of a rate. */
  rate(figure: CaseFigureName, group?: Group): RateLists | undefined;
}

const addressOf = (parts: Readonly<Record<string, string>>): To => ({
  pathname: '/cases',
  search: new URLSearchParams(parts).toString(),
});

/** Where the cases behind the figures of a period are listed; nowhere for whoever reads no cases. */
export function useCasesBehind(from: string, to: string): CasesBehind {
  const { session } = useSession();
  if (session === undefined || !READERS.has(session.role)) return { list: () => undefined, rate: () => undefined };
  return {
    list: (figure, group) => addressOf({ figure, from, to, ...group }),
    rate: (figure, group) => (part) =>
      addressOf({ figure, ...(part === 'numerator' ? { met: 'true' } : {}), from, to, ...group }),
  };
}
