import {
  connectionOf,
  forbidden,
  hasRole,
  parsePage,
  type Actor,
  type PageArguments,
  type RelayConnection,
} from '@zhitong/kit';
import type { Offices } from '@zhitong/kit/personal-data';
import type { ConnectorReads } from '../runs/read-runs.js';
import {
  conflictView,
  refusalView,
  runView,
  sourceView,
  type ConnectorConflictView,
  type ConnectorRefusalView,
  type ConnectorRunView,
  type ConnectorSourceView,
} from './views.js';

export type ConnectorRunRows = RelayConnection<ConnectorRunView>;
export type ConnectorConflictRows = RelayConnection<ConnectorConflictView>;
export type ConnectorRefusalRows = RelayConnection<ConnectorRefusalView>;

/** What of a request's context decides which sources it sees. */
export interface ConnectorsContext {
  readonly actor: Actor | null;
  readonly offices: Offices;
  readonly connectors: ConnectorReads;
  readonly clock: { now(): Date };
}

/**
 * The sources that deliver to this department: for ADMIN all, for an officer those of the own department, of which
 * there may be none.
 * @throws GraphQLError FORBIDDEN for anybody else, and for a financial institution
 */
export async function listConnectors({
  actor,
  offices,
  connectors,
  clock,
}: ConnectorsContext): Promise<ConnectorSourceView[]> {
  const isAdmin = hasRole(actor, 'ADMIN');
  const own = hasRole(actor, 'OFFICER') ? actor?.department : undefined;
  if (!isAdmin && (own === undefined || offices.isFinancial(own)))
    throw forbidden({
      message: 'The systems that deliver here are for whoever operates the hub and the departments that deliver.',
      reason: 'CONNECTORS_ARE_FOR',
      zh: '接入系统清单仅供平台运维人员和报送单位查阅',
      parameters: {},
    });
  const sources = await connectors.sources(clock.now());
  if (isAdmin) return sources.map(sourceView);
  const delivered = sources.filter(({ department }) => department === own);
  // A mapping may name a department that the city does not have; that makes nobody its officer.
  if (own === undefined || delivered.length === 0 || (await offices.isKnown(own)) === false) return [];
  return delivered.map(sourceView);
}

const NEWEST_FIRST = [{ field: 'id', direction: -1 }] as const;
/** `REFUSAL_ORDER` by the members of the view. */
const BY_LINE = [
  { field: 'file', direction: 1 },
  { field: 'order', direction: 1 },
  { field: 'id', direction: 1 },
] as const;

const idIn = (position: readonly unknown[] | undefined): string | null => {
  const [id] = position ?? [];
  return typeof id === 'string' ? id : null;
};

/** Runs of a source that was listed, newest first. @throws GraphQLError BAD_USER_INPUT */
export async function listRuns(
  connectors: ConnectorReads,
  { name }: Pick<ConnectorSourceView, 'name'>,
  { first, after }: Pick<PageArguments, 'first' | 'after'>,
): Promise<ConnectorRunRows> {
  const page = parsePage({ first, after }, { list: { list: 'connector.runs', name }, keys: NEWEST_FIRST.length });
  const found = await connectors.runs(name, { limit: page.limit + 1, before: idIn(page.position) });
  return connectionOf({
    rows: found.map(runView),
    page,
    sort: NEWEST_FIRST,
    totalCount: async () => connectors.countRuns(name),
  });
}

/** Refused rows of a source that was listed which wait to be corrected. @throws GraphQLError BAD_USER_INPUT */
export async function listRefusals(
  connectors: ConnectorReads,
  source: Pick<ConnectorSourceView, 'name' | 'keeper' | 'openRefusals' | 'personalColumns'>,
  { first, after }: Pick<PageArguments, 'first' | 'after'>,
): Promise<ConnectorRefusalRows> {
  const { name, openRefusals } = source;
  const page = parsePage({ first, after }, { list: { list: 'connector.refusals', name }, keys: BY_LINE.length });
  const found = await connectors.refusals(name, { limit: page.limit + 1, after: page.position });
  return connectionOf({
    rows: found.map((refusal) => refusalView(refusal, source)),
    page,
    sort: BY_LINE,
    totalCount: openRefusals,
  });
}

const BY_ID = [{ field: 'id', direction: 1 }] as const;

/** Values that a source that was listed and another one state differently. @throws GraphQLError BAD_USER_INPUT */
export async function listConflicts(
  connectors: ConnectorReads,
  { name }: Pick<ConnectorSourceView, 'name'>,
  { first, after }: Pick<PageArguments, 'first' | 'after'>,
): Promise<ConnectorConflictRows> {
  const page = parsePage({ first, after }, { list: { list: 'connector.conflicts', name }, keys: BY_ID.length });
  const found = await connectors.conflictsOf(name, { limit: page.limit + 1, after: idIn(page.position) });
  return connectionOf({
    rows: found.map(conflictView),
    page,
    sort: BY_ID,
    totalCount: async () => connectors.countConflicts(name),
  });
}
