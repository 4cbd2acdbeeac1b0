import { dayInShanghai, momentInShanghai, startOfDayInShanghai } from '@zhitong/values';
import type { Author, CaseChange, CaseEvent, Intake, Party } from '../case-event.js';
import type { CaseView } from '../case-view.js';
import { applyEvent, replay } from '../history.js';
import { asStored, intakeFaults, textFaults, TEXT_LIMITS } from '../intake.js';
import { judgeMove } from '../lifecycle.js';
import { ratingFaults } from '../satisfaction.js';
import { serviceTermsOn } from '../service-terms.js';
import type { CaseKind, Category, Channel } from '../taxonomy.js';
import { ANSWER_REASON, intakeReason, ratingReason, stepReason } from './chinese-reasons.js';

/** What another system says of a case, by fields; what it does not say is absent. Moments are RFC 3339 in UTC. */
export type ImportedValues = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** A value that cannot be accepted. */
export interface ImportFault {
  readonly field: string | null;
  /** In Chinese, for the person who corrects the row. */
  readonly reason: string;
}

/** A step of an imported case, at its own moment. */
export interface ImportedStep {
  readonly at: string;
  readonly by: Author;
  readonly change: CaseChange;
}

/** Who delivers: the source's name, and the department whose desk takes cases in. */
export interface Deliverer {
  readonly source: string;
  readonly department: string;
}

/** How the words of a text are found. */
export interface TextWords {
  readonly keywords: (title: string, text: string) => readonly string[];
  readonly words: (text: string) => readonly string[];
}

type Result<Value> = Value | { readonly fault: ImportFault };

const fault = (field: string | null, reason: string): { readonly fault: ImportFault } => ({ fault: { field, reason } });
const textOf = (values: ImportedValues, field: string): string | null => {
  const value = values[field];
  return value === null || value === undefined || value === '' ? null : String(value);
};

/** The fields of an intake by the names of its form, where they differ. */
const FIELD_OF: Readonly<Record<string, string>> = { contactPhone: 'contactTelephone' };
const RATING_FIELD: Readonly<Record<string, string>> = {
  process: 'ratedProcess',
  result: 'ratedResult',
  reason: 'ratedReason',
};

/**
 * The steps of a case that another system led, with the dates that it has: receipt, assignment, acceptance, first
 * contact, answer, rating, closing or withdrawal. Terms are those of the day of each step, so a case that was answered
 * in time then is in time here. A step that must have been, and of which the source has no date, is taken to have been
 * together with the one before it.
 */
export function importedSteps(
  values: ImportedValues,
  { source, department }: Deliverer,
  { now, keywords, words }: { readonly now: string } & TextWords,
): Result<readonly ImportedStep[]> {
  const receivedAt = textOf(values, 'receivedAt');
  if (receivedAt === null) return fault('receivedAt', '缺少受理时间');
  const intake = intakeOf(values, { department, receivedOn: dayInShanghai(new Date(receivedAt)), keywords, words });
  if ('fault' in intake) return intake;
  const by = (party: Party, of: string | null): Author => ({
    sub: `connector:${source}`,
    party,
    department: party === 'ENTERPRISE' ? null : of,
    uscc: party === 'ENTERPRISE' ? intake.complainant.uscc : null,
  });
  const enterprise = intake.complainant.uscc === null ? by('COORDINATOR', department) : by('ENTERPRISE', null);
  const withdrawer = intake.complainant.uscc === null ? by('DESK', department) : by('ENTERPRISE', null);
  const steps: ImportedStep[] = [{ at: receivedAt, by: by('DESK', department), change: { type: 'SUBMITTED', intake } }];
  const step = (at: string | null, author: Author, change: CaseChange): void => {
    steps.push({ at: momentOf(at, steps.at(-1)?.at ?? receivedAt), by: author, change });
  };
  const unfinished = unfinishedFault(values);
  if (unfinished !== null) return unfinished;

  const [contactAt, resolvedAt] = [textOf(values, 'contactedAt'), textOf(values, 'resolvedAt')];
  const [assignedAt, acceptedAt] = [textOf(values, 'assignedAt'), textOf(values, 'acceptedAt')];
  const lead = textOf(values, 'lead');
  const isHandled = [assignedAt, acceptedAt, contactAt, resolvedAt].some((at) => at !== null);
  if (isHandled) {
    if (lead === null) return fault('lead', '已转办或办结的诉求缺少承办部门');
    const day = dayInShanghai(new Date(assignedAt ?? receivedAt));
    const { firstContactDays, answerDays } = serviceTermsOn(day);
    const lane = textOf(values, 'lane') === 'URGENT' ? 'URGENT' : 'ORDINARY';
    step(assignedAt, by('DESK', department), {
      type: 'ASSIGNED',
      assignment: {
        lead,
        assisting: [],
        responsibilities: [],
        lane,
        contactDays: firstContactDays,
        answerDays: answerDays[lane],
        reason: null,
      },
    });
    if (acceptedAt !== null || contactAt !== null || resolvedAt !== null)
      step(acceptedAt, by('LEAD', lead), { type: 'ACCEPTED' });
    if (contactAt !== null)
      step(contactAt, by('LEAD', lead), { type: 'CONTACTED', note: textOf(values, 'contactNote') ?? '已联系企业' });
  }
  if (resolvedAt !== null) {
    const answer = asStored(textOf(values, 'answer') ?? '');
    const [wrong] = textFaults(answer, ['answer'], { longest: TEXT_LIMITS.text });
    if (wrong !== undefined) return fault('answer', ANSWER_REASON);
    step(resolvedAt, by('LEAD', lead), { type: 'RESOLVED', answer });
  }
  const [ratedAt, closedAt, withdrawnAt] = ['ratedAt', 'closedAt', 'withdrawnAt'].map((field) => textOf(values, field));
  if (typeof ratedAt === 'string') {
    const rating = {
      process: Number(values['ratedProcess']),
      result: Number(values['ratedResult']),
      reason: textOf(values, 'ratedReason'),
    };
    const [wrong] = ratingFaults(rating);
    if (wrong !== undefined) {
      const [member = ''] = wrong.path;
      const field = RATING_FIELD[member] ?? null;
      return fault(field, ratingReason(member, field !== null && textOf(values, field) !== null));
    }
    step(ratedAt, enterprise, { type: 'RATED', ...rating });
  }
  if (typeof closedAt === 'string')
    step(closedAt, by('DESK', department), {
      type: 'CLOSED',
      reason: textOf(values, 'closeReason') ?? '原系统已办结归档',
    });
  if (typeof withdrawnAt === 'string')
    step(withdrawnAt, withdrawer, {
      type: 'WITHDRAWN',
      reason: textOf(values, 'withdrawReason') ?? '原系统中企业已撤回',
    });
  const wrong = steps.find(({ at }, index) => at > now || at < (steps[index - 1]?.at ?? at));
  return wrong === undefined
    ? steps
    : fault(
        MOMENT_OF[wrong.change.type] ?? null,
        wrong.at > now ? `时间 ${shown(wrong.at)} 晚于现在` : `时间 ${shown(wrong.at)} 早于前一环节`,
      );
}

/**
 * When a step was: where no date says it, together with the one before it, and so where nothing but its day is known
 * and the one before was in the course of that day.
 */
function momentOf(at: string | null, before: string): string {
  if (at === null) return before;
  const day = dayInShanghai(at);
  const isDayAlone = at === startOfDayInShanghai(day).toISOString();
  return isDayAlone && at < before && day === dayInShanghai(before) ? before : at;
}

/** Of what the other system says that it is done with: one of which moments must say when. */
const DONE_BY: Readonly<Record<string, readonly string[]>> = {
  FINISHED: ['resolvedAt', 'closedAt'],
  WITHDRAWN: ['withdrawnAt'],
};

/** A case that is done with there, and of which nobody says since when: here it would be open, with terms that run. */
function unfinishedFault(values: ImportedValues): { readonly fault: ImportFault } | null {
  const status = textOf(values, 'status');
  const moments = DONE_BY[status ?? ''] ?? [];
  return moments.length === 0 || moments.some((field) => textOf(values, field) !== null)
    ? null
    : fault(
        'status',
        status === 'WITHDRAWN'
          ? '状态是已撤回，却没有撤回时间；请补填后再送，不能当作仍在办理的诉求'
          : '状态是已办结，却没有办结时间；请补填后再送，不能当作仍在办理的诉求',
      );
}

/** A moment as people read it, in Asia/Shanghai to the minute. */
const shown = (at: string): string => momentInShanghai(at).slice(0, 16).replace('T', ' ');

const MOMENT_OF: Partial<Readonly<Record<CaseChange['type'], string>>> = {
  SUBMITTED: 'receivedAt',
  ASSIGNED: 'assignedAt',
  ACCEPTED: 'acceptedAt',
  CONTACTED: 'contactedAt',
  RESOLVED: 'resolvedAt',
  RATED: 'ratedAt',
  CLOSED: 'closedAt',
  WITHDRAWN: 'withdrawnAt',
};

function intakeOf(
  values: ImportedValues,
  {
    department,
    receivedOn,
    keywords,
    words,
  }: TextWords & {
    readonly department: string;
    readonly receivedOn: string;
  },
): Result<Intake> {
  const kind = textOf(values, 'kind') ?? 'APPEAL';
  const [category, text] = [textOf(values, 'category'), asStored(textOf(values, 'text') ?? '')];
  if (category === null) return fault('category', '缺少诉求类别');
  const title = asStored(textOf(values, 'title') ?? Array.from(text).slice(0, TITLE_OF_TEXT).join(''));
  const uscc = textOf(values, 'uscc');
  const form = {
    title,
    text,
    labels: [],
    attachments: [],
    region: textOf(values, 'region') ?? '',
    industry: textOf(values, 'industry'),
    uscc,
    enterpriseName: uscc === null ? textOf(values, 'enterpriseName') : null,
    homeRegion: textOf(values, 'homeRegion'),
    contactPhone: textOf(values, 'contactTelephone'),
  };
  const [wrong] = intakeFaults(form);
  if (wrong !== undefined) {
    const [member = ''] = wrong.path;
    return fault(FIELD_OF[member] ?? member, intakeReason(member, uscc));
  }
  return {
    kind: kind as CaseKind, // one of the codes of the target's field, as is `category`
    category: category as Category,
    labels: [],
    channel: (textOf(values, 'channel') ?? 'HOTLINE_12345') as Channel,
    origin: uscc === null ? 'ELSEWHERE' : 'LOCAL',
    title,
    text,
    attachments: [],
    complainant: {
      uscc,
      name: uscc === null ? asStored(form.enterpriseName ?? '') : null,
      homeRegion: uscc === null ? form.homeRegion : null,
      anonymous: values['anonymous'] === true,
      contactName: textOf(values, 'contactName'),
      contactPhone: form.contactPhone,
    },
    region: form.region,
    industry: form.industry,
    receivedBy: department,
    keywords: keywords(title, text),
    // By its own words an anonymous case would be found with the name of who brought it.
    words: values['anonymous'] === true ? [] : words(`${title}\n${text}`),
    triageDays: serviceTermsOn(receivedOn).triageDays,
  };
}

/** Characters of the text that stand for a title where the source has none. */
const TITLE_OF_TEXT = 30;

/**
 * Adds to a case's history the steps that it does not have yet, each by the rules of the lifecycle. What happened here
 * meanwhile stands: a step of a kind that the case has had is not repeated, whatever its date.
 * @returns the events to append, none when the history has them all; or why the first missing one cannot be
 */
export function missingEvents(
  caseNumber: string,
  history: readonly CaseEvent[],
  steps: readonly ImportedStep[],
): Result<readonly CaseEvent[]> {
  const had = new Set(history.map(({ change }) => change.type));
  const added: CaseEvent[] = [];
  let view: CaseView | null = history.length === 0 ? null : replay(history);
  for (const { at, by, change } of steps) {
    if (had.has(change.type)) continue;
    const event: CaseEvent = { caseNumber, seq: (view?.version ?? 0) + 1, at, by, change };
    if (view === null || change.type === 'SUBMITTED') {
      view = replay([event]);
    } else {
      const field = MOMENT_OF[change.type] ?? null;
      if (at < view.updatedAt)
        return fault(field, `时间 ${shown(at)} 早于本平台已记录的最后环节 ${shown(view.updatedAt)}`);
      const verdict = judgeMove(view, change.type, [by.party]);
      if (!verdict.legal) return fault(field, stepReason(caseNumber, view.status, change.type));
      view = applyEvent(view, event);
    }
    added.push(event);
  }
  return added;
}
