import type { ConnectorReads, FieldOrigin } from '@zhitong/connect';
import { loaderById, loaderPerParent } from '@zhitong/kit';
import type { LegalDay } from '@zhitong/values';
import { appraise, type Appraisal } from './usecases/appraisal.js';
import { escalatedTo } from './usecases/for-a-meeting.js';
import { exactPromises, publishedPromises, type PromiseTable } from './usecases/promise-record.js';
import type { KnownComplainants } from './domain/access.js';
import type { CaseView } from './domain/case-view.js';
import type { KnownPeriod } from './domain/figures/known-period.js';
import type { MeetingKind } from './domain/meeting.js';
import { DUPLICATE_WINDOW_DAYS, duplicateHints, type DuplicateHint } from './domain/duplicate.js';
import { replay } from './domain/history.js';
import { suggestHandling, type HandlingSuggestion } from './domain/suggestion.js';
import type { Knowledge } from './domain/figures/case-facts.js';
import type { CaseConditions } from './models/case-conditions.js';
import type { CasePage } from './models/case.js';
import type { CaseField, CaseRecord } from './models/stored-case.js';
import type { EarlierCase } from './models/earlier-cases.js';
import type { Stores } from './stores.js';

/** How many earlier cases one case is compared with at most. */
export const MOST_COMPARED = 100;

/** A case that another one may repeat, with what the right to see it depends on. */
export interface PossibleDuplicate extends DuplicateHint {
  readonly of: EarlierCase;
}

/** A suggestion rests on the latest assigned cases that share a word. */
const MOST_LOOKED_AT = 300;

export type Loaders = ReturnType<typeof createLoaders>;

/** What is read once for each key, whoever asks for it. */
function oncePerKey<Value>(): (key: string, read: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, Promise<Value>>();
  return async (key, read) => {
    const value = kept.get(key) ?? read();
    kept.set(key, value);
    return value;
  };
}

/** The loaders of one request: what resolvers ask for in one tick is read with one command. */
export function createLoaders(
  {
    cases,
    events,
    figures,
    earlierCases,
    spotChecks,
    externalNumbers,
    notices,
    meetings,
    connectors,
    statistics,
    published,
  }: Stores & { readonly connectors: ConnectorReads },
  today: () => LegalDay,
) {
  const promises = oncePerKey<PromiseTable>();
  const escalated = oncePerKey<string[]>();
  const history = loaderPerParent(async (numbers: readonly string[], _none: null) => events.ofMany(numbers));
  const appraisals = oncePerKey<Appraisal>();
  const readAppraisal = async (period: Knowledge): Promise<Appraisal> => {
    const [rows, referred] = await Promise.all([figures.figures(period, 'DEPARTMENT'), cases.referralsAgainst(period)]);
    return appraise(
      period,
      rows.filter((row) => row.key !== ''),
      referred,
    );
  };
  const possibleDuplicates = async (numbers: readonly string[]): Promise<Map<string, PossibleDuplicate[]>> => {
    const found = new Map<string, PossibleDuplicate[]>();
    for await (const { fresh, earlier } of earlierCases.ofSameEnterprise(numbers, {
      days: DUPLICATE_WINDOW_DAYS,
      limit: MOST_COMPARED,
    })) {
      found.set(
        fresh.caseNumber,
        duplicateHints(fresh, earlier).flatMap((hint) =>
          earlier.filter(({ caseNumber }) => caseNumber === hint.caseNumber).map((of) => ({ ...hint, of })),
        ),
      );
    }
    return found;
  };
  const suggestions = async (numbers: readonly string[]): Promise<Map<string, HandlingSuggestion>> => {
    const found = new Map<string, HandlingSuggestion>();
    for await (const { caseNumber, keywords, handled } of earlierCases.handledAlike(numbers, MOST_LOOKED_AT))
      found.set(caseNumber, suggestHandling(keywords, handled));
    return found;
  };
  const origins = async (caseNumbers: readonly string[]): Promise<Map<string, readonly FieldOrigin[]>> => {
    const externals = await externalNumbers.ofCases(caseNumbers);
    const found = await connectors.origins('case', [...externals.values()]);
    return new Map([...externals].map(([caseNumber, external]) => [caseNumber, found.get(external) ?? []]));
  };
  return {
    case: loaderPerParent<{ fields: readonly CaseField[] }, CaseRecord>(
      async (numbers, { fields }) =>
        new Map((await cases.byNumber(numbers, fields)).map((record) => [record.caseNumber, record])),
    ),
    casesOfEnterprise: loaderPerParent(
      async (usccs: readonly string[], { conditions, page }: { conditions: CaseConditions; page: Partial<CasePage> }) =>
        cases.perEnterprise(usccs, conditions, page),
    ),
    noticesOfEnterprise: loaderPerParent(notices.perEnterprise),
    history,
    meeting: loaderById(meetings.byIds, ({ id }) => id),
    /** Open cases that were brought to the level of a kind of meetings: read once per request and kind. */
    escalatedTo: async (kind: MeetingKind): Promise<string[]> => escalated(kind, async () => escalatedTo(cases, kind)),
    /** Meetings that were held with a case on their agenda. */
    meetingsOf: loaderPerParent(async (numbers: readonly string[], _none: null) => meetings.ofCases(numbers)),
    /** Where the fields of imported cases came from. */
    origins: loaderPerParent(async (numbers: readonly string[], _none: null) => origins(numbers)),
    /** A case's view from its history, the authority when a change is judged. */
    view: async (caseNumber: string): Promise<CaseView | null> => {
      const written = (await history(caseNumber, null)) ?? [];
      return written.length === 0 ? null : replay(written);
    },
    /** Earlier cases of the same enterprise that a case may repeat, whoever may see them. */
    possibleDuplicates: loaderPerParent(async (numbers: readonly string[], _none: null) => possibleDuplicates(numbers)),
    /** How cases that are alike were handled; nothing of a case that is like none. */
    suggestion: loaderPerParent(async (numbers: readonly string[], _none: null) => suggestions(numbers)),
    /** The case numbers that a draw was made from. */
    population: loaderPerParent(async (draws: readonly string[], _none: null) => spotChecks.populations(draws)),
    /** The seed that was committed to for a draw, by the draw's id. */
    commitment: loaderById(spotChecks.commitmentsOf, ({ id }) => id),
    caseload: loaderPerParent(async (departments: readonly string[], _none: null) =>
      cases.caseload(departments, today()),
    ),
    /** What cases say of all matters' promises in a period: read once per request, whichever matters ask. */
    exactPromises: async (period: KnownPeriod, known: KnownComplainants): Promise<PromiseTable> =>
      promises(`${period.from}/${period.to}/${period.knownOn}/${JSON.stringify(known)}`, async () =>
        exactPromises(period, known, { stores: { figures, statistics }, today: today() }),
      ),
    publishedPromises: async (period: Pick<KnownPeriod, 'from' | 'to'>): Promise<PromiseTable> =>
      promises(`${period.from}/${period.to}`, async () =>
        publishedPromises(period, { stores: { published, statistics }, today: today() }),
      ),
    /** All departments' figures of a period as known on a day: read once per request, whichever departments ask. */
    appraisal: async ({ from, to, knownOn }: KnownPeriod): Promise<Appraisal> => {
      const period = { from, to, knownOn, today: today() };
      return appraisals(`${from}/${to}/${knownOn}`, async () => readAppraisal(period));
    },
  };
}
