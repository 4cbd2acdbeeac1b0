import { originView } from '@zhitong/connect';
import { forbidden, hasRole, requestedFields } from '@zhitong/kit';
import { maskName, maskTelephone } from '@zhitong/kit/personal-data';
import { halfDaysText } from '@zhitong/values';
import { capacities, caseRights } from '../domain/access.js';
import { decidingClock, isOpen } from '../domain/case-view.js';
import { readClock, type ClockReading } from '../domain/deadline.js';
import { insightOf, learnsOf, updatedFor, versionFor } from '../domain/insight.js';
import { provisionalCalendar } from '../domain/overdue.js';
import { blockedMoves, legalMoves } from '../domain/lifecycle.js';
import { hindranceWords } from '../domain/moves/hindrances.js';
import { lastOf, ofFinding, ofIntake, ofNote, type Writer } from '../domain/persons/writers.js';
import { isPromiseBroken } from '../domain/promises/promised-time.js';
import { said as refusal } from '../domain/refusal-words.js';
import { suggestHandling } from '../domain/suggestion.js';
import type { Context } from '../context.js';
import type { CaseResolvers } from '../generated/resolvers-types.js';
import type { CaseRecord } from '../models/stored-case.js';
import { stored, storedFields } from './case-fields.js';
import type { ShownEvent } from '../records.js';
import { linkFor, linksFor } from './case-links.js';
import { forReader } from './case-text.js';
import { shownDuties } from './duties.js';
import { shownReferral, shownSupervision } from './oversight.js';
import { readable } from './readable-case.js';

const NO_CLOCK: ClockReading = {
  dueOn: null,
  isOverdue: null,
  workingDaysLeft: null,
  isPaused: false,
  unknownDay: null,
};

function reading(record: CaseRecord, { calendar, today }: Context): ClockReading {
  const clock = decidingClock({ clocks: stored(record, 'clocks') });
  return clock === null ? NO_CLOCK : readClock(clock, calendar, today);
}

/** Words that may not have been said yet, as this reader may see them. */
const said = async (
  words: string | null,
  record: CaseRecord,
  context: Context,
  written: Writer,
): Promise<string | null> => (words === null ? null : forReader(words, record, context, { written }));

/** Title or text: for whoever may not know who brought the case, in the coordinator's words where there are any. */
async function wordsFor(record: CaseRecord, part: 'title' | 'text', context: Context): Promise<string> {
  const wording = caseRights(context.actor, record).maySeeComplainant ? null : stored(record, 'wording');
  return wording == null
    ? forReader(stored(record, part), record, context, { taken: ofIntake(part) })
    : forReader(wording[part], record, context);
}

/** The changes that the caller learns of, numbered without gaps. */
async function eventsSeen(record: CaseRecord, { actor, loaders }: Context): Promise<ShownEvent[]> {
  const events = (await loaders.history(record.caseNumber, null)) ?? [];
  const insight = insightOf(actor, record);
  return events
    .filter(({ change }) => learnsOf(insight, change.type))
    .map((event, index) => ({ event: { ...event, seq: index + 1 }, of: record }));
}

/** Fields of an imported case that make its contact. */
const CONTACT_FIELDS: ReadonlySet<string> = new Set(['contactName', 'contactTelephone']);

export const Case: CaseResolvers = {
  __resolveReference: async ({ caseNumber }, context, info) =>
    readable(
      await context.loaders.case(caseNumber, { fields: storedFields(requestedFields(info)) }),
      caseNumber,
      context,
    ),
  version: (record, _args, { actor }) =>
    versionFor(insightOf(actor, record), {
      version: stored(record, 'version'),
      referrals: stored(record, 'referrals'),
      internalChanges: stored(record, 'internalChanges'),
    }),
  title: async (record, _args, context) => wordsFor(record, 'title', context),
  text: async (record, _args, context) => wordsFor(record, 'text', context),
  wording: (record) => stored(record, 'wording'),
  supplements: async (record, _args, context) =>
    Promise.all(
      stored(record, 'supplements').map(async ({ at, text, attachments }) => ({
        at: new Date(at),
        text: await forReader(text, record, context),
        attachments: [...attachments],
      })),
    ),
  files: (record) => stored(record, 'files').map((file) => ({ file, of: record })),
  file: (record, { id }) => {
    const file = stored(record, 'files').find((one) => one.id === id);
    return file === undefined ? null : { file, of: record };
  },
  labels: async (record, _args, context) =>
    Promise.all(
      stored(record, 'labels').map(async (label) => forReader(label, record, context, { taken: ofIntake('labels') })),
    ),
  question: async (record, _args, context) => said(stored(record, 'question'), record, context, lastOf('PAUSED')),
  answer: async (record, _args, context) =>
    said(stored(record, 'answer'), record, context, lastOf('RESOLVED', 'ANSWERED_DIRECTLY')),
  rating: async (record, _args, context) => {
    const rating = stored(record, 'rating');
    return rating && { ...rating, reason: await said(rating.reason, record, context, lastOf('RATED')) };
  },
  evaluation: async (record, _args, context) => {
    const evaluation = stored(record, 'evaluation');
    return (
      evaluation && {
        ...evaluation,
        measure: await said(evaluation.measure, record, context, lastOf('EVALUATED')),
        note: await forReader(evaluation.note, record, context, { written: lastOf('EVALUATED') }),
      }
    );
  },
  supervision: async (record, _args, context) => {
    const supervision = stored(record, 'supervision');
    return (
      supervision && shownSupervision(supervision, { record, isCaseOpen: isOpen(stored(record, 'status')) }, context)
    );
  },
  supervisions: async (record, _args, context) => {
    const isCaseOpen = isOpen(stored(record, 'status'));
    return Promise.all(
      stored(record, 'supervisions').map(async (order) => shownSupervision(order, { record, isCaseOpen }, context)),
    );
  },
  meetings: async ({ caseNumber }, _args, { loaders }) => [...((await loaders.meetingsOf(caseNumber, null)) ?? [])],
  raisedAt: async (record, _args, { actor, loaders }) => {
    const raisedAt = stored(record, 'raisedAt') ?? null;
    // Few take part in a meeting: it tells nearly who it was.
    return raisedAt === null || !caseRights(actor, record).maySeeComplainant ? null : loaders.meeting.load(raisedAt);
  },
  regionCode: (record) => stored(record, 'region'),
  industrySection: (record) => stored(record, 'industry'),
  receivedAt: (record) => new Date(stored(record, 'receivedAt')),
  updatedAt: async (record, _args, context) => {
    const at = updatedFor(insightOf(context.actor, record), {
      updatedAt: stored(record, 'updatedAt'),
      updatedForOffices: stored(record, 'updatedForOffices'),
      updatedForOutside: stored(record, 'updatedForOutside'),
    });
    // A view that is not rebuilt yet does not say when it last changed for whom.
    return new Date(at === '' ? ((await eventsSeen(record, context)).at(-1)?.event.at ?? 0) : at);
  },
  enterprise: (record, _args, { actor }) => {
    const { uscc } = record.complainant;
    return uscc !== null && caseRights(actor, record).maySeeComplainant ? { uscc } : null;
  },
  project: (record, _args, { actor }) => {
    const { project = null } = record;
    return project !== null && caseRights(actor, record).maySeeComplainant ? { id: project } : null;
  },
  serviceItem: (record) => {
    const { id = null } = stored(record, 'serviceItem') ?? {};
    return id === null ? null : { id };
  },
  promisedDays: (record) => {
    const promised = stored(record, 'serviceItem')?.promisedHalfDays ?? null;
    return promised === null ? null : halfDaysText(promised);
  },
  // How long one application took, or when it was made, finds it in the department's own register.
  actualTime: (record, _args, { actor }) => {
    const told = stored(record, 'actualTime') ?? null;
    if (told === null || !caseRights(actor, record).maySeeComplainant) return null;
    return { days: halfDaysText(told.halfDays), askedOn: told.askedOn, hadOn: told.hadOn };
  },
  isPromiseBroken: (record) => isPromiseBroken(stored(record, 'serviceItem'), stored(record, 'actualTime')),
  complainant: (record, _args, { actor }) => {
    const rights = caseRights(actor, record);
    if (!rights.maySeeComplainant) return null;
    const { name, homeRegion, contactName, contactPhone } = record.complainant;
    return {
      name,
      homeRegion,
      contactName: contactName === null || rights.maySeeContact ? contactName : maskName(contactName),
      contactPhone: contactPhone === null || rights.maySeeContact ? contactPhone : maskTelephone(contactPhone),
    };
  },
  isAnonymous: ({ complainant }) => complainant.anonymous,
  handler: ({ assignment, receivedBy }) => {
    const code = assignment?.lead ?? receivedBy;
    return code === null ? null : { code };
  },
  assisting: ({ assignment }) => assignment?.assisting.map((code) => ({ code })) ?? [],
  responsibilities: async (record, _args, context) => shownDuties(record, context),
  lane: ({ assignment }) => assignment?.lane ?? null,
  dueOn: (record, _args, context) => reading(record, context).dueOn,
  isOverdue: (record, _args, context) =>
    stored(record, 'status') === 'WITHDRAWN' ? false : reading(record, context).isOverdue,
  workingDaysLeft: (record, _args, context) => reading(record, context).workingDaysLeft,
  calendarMissingFrom: (record, _args, context) => reading(record, context).unknownDay,
  provisionalDueOn: (record, _args, context) => {
    const clock = decidingClock({ clocks: stored(record, 'clocks') });
    return clock === null || reading(record, context).unknownDay === null
      ? null
      : readClock(clock, provisionalCalendar(context.calendar), context.today).dueOn;
  },
  isWaiting: (record) => stored(record, 'status') === 'WAITING',
  clocks: (record, { on }, { calendar, today }) => {
    const day = on ?? today;
    return stored(record, 'clocks')
      .filter((clock) => clock.startedOn <= day)
      .map((clock) => ({ ...clock, ...readClock(clock, calendar, day) }));
  },
  pendingExtensionDays: (record) => stored(record, 'pendingExtension')?.workingDays ?? null,
  checks: async (record, _args, context) =>
    Promise.all(
      stored(record, 'checks').map(async (check, place) => ({
        ...check,
        finding: await said(check.finding, record, context, ofFinding(place)),
      })),
    ),
  history: async (record, _args, context) => eventsSeen(record, context),
  internalNotes: async (record, _args, context) => {
    if (insightOf(context.actor, record) === 'OUTSIDE') throw forbidden(refusal('NOTES_ARE_FOR'));
    return Promise.all(
      stored(record, 'notes').map(async ({ at, note, by }, place) => ({
        at: new Date(at),
        note: await forReader(note, record, context, { written: ofNote(place) }),
        department: by.department === null ? null : { code: by.department },
        sub: by.sub,
      })),
    );
  },
  declined: async (record, _args, context) => {
    const declined = stored(record, 'declined');
    return (
      declined && {
        competent: await forReader(declined.competent, record, context, { written: lastOf('DECLINED') }),
        reason: await forReader(declined.reason, record, context, { written: lastOf('DECLINED') }),
      }
    );
  },
  mergedInto: async (record, _args, context) => linkFor(stored(record, 'mergedInto'), record, context),
  absorbed: async (record, _args, context) => linksFor(stored(record, 'absorbed'), record, context),
  splitFrom: async (record, _args, context) => linkFor(stored(record, 'splitFrom'), record, context),
  splitInto: async (record, _args, context) => linksFor(stored(record, 'splitInto'), record, context),
  referrals: async (record, _args, context) =>
    Promise.all(stored(record, 'referrals').map(async (mark) => shownReferral(mark, record, context))),
  legalMoves: async (record, _args, { actor, loaders }) => {
    const parties = capacities(actor, record);
    const view = await loaders.view(record.caseNumber);
    return view === null ? [] : legalMoves(view, parties);
  },
  blockedMoves: async (record, _args, { actor, language, loaders }) => {
    const view = await loaders.view(record.caseNumber);
    const blocked = view === null ? [] : blockedMoves(view, capacities(actor, record));
    return blocked.map(({ move, hindrance }) => {
      const { en, zh } = hindranceWords(hindrance);
      return { move, reason: hindrance.code, message: language === 'zh' ? zh : en, messageZh: zh };
    });
  },
  provenance: async (record, _args, { actor, loaders }) => {
    const { maySeeComplainant, maySeeContact } = caseRights(actor, record);
    if (!maySeeComplainant) return null;
    const origins = (await loaders.origins(record.caseNumber, null)) ?? [];
    return origins.filter(({ field }) => maySeeContact || !CONTACT_FIELDS.has(field)).map(originView);
  },
  duplicateHints: async (record, _args, { actor, loaders }) => {
    if (record.complainant.uscc === null || !caseRights(actor, record).maySeeComplainant) return [];
    const possible = (await loaders.possibleDuplicates(record.caseNumber, null)) ?? [];
    return possible.filter(({ of }) => caseRights(actor, of).maySeeComplainant);
  },
  suggestion: async ({ caseNumber }, _args, { actor, loaders }) => {
    if (!hasRole(actor, 'COORDINATOR')) return null;
    return (await loaders.suggestion(caseNumber, null)) ?? suggestHandling([], []);
  },
};
