import { requireRole, ROLES } from '@zhitong/kit';
import { faultsPayload, idempotencyKeyArgument, refuseFaults } from '@zhitong/kit/commands';
import type { Named } from '@zhitong/kit/graph';
import type { Correction } from '../../domain/case-event.js';
import type { CaseView } from '../../domain/case-view.js';
import { asStored, intakeFaults, textFaults, TEXT_LIMITS } from '../../domain/intake.js';
import { judgeMove } from '../../domain/lifecycle.js';
import { correctionFault } from '../../domain/moves/correction.js';
import { everyContact } from '../../domain/moves/steps.js';
import { isTimeTold, toldTimeFaults } from '../../domain/promises/promised-time.js';
import type { InputFault } from '../../domain/satisfaction.js';
import { said } from '../../domain/refusal-words.js';
import type { CorrectCaseIntakeInput, MutationResolvers } from '../../generated/resolvers-types.js';
import { refuseFor } from '../../usecases/refusals.js';
import { wordsToFind } from '../words-to-find.js';
import { casePayload, noteFaults } from './changing.js';
import { askedOfRegister, itemAgainst, itemOf, timeOf } from './promised-matter.js';
import { inNormalForm, projectNamed } from './submit-case.js';

const given = <Value>(value: Value | null | undefined): Value | undefined => value ?? undefined;

/** The correction that an input asks for, as it would be stored. */
function correctionOf(input: CorrectCaseIntakeInput): Correction {
  const [title, text, contactName] = [input.title, input.text, input.contactName].map((words) =>
    typeof words === 'string' ? asStored(words) : undefined,
  );
  const all: Correction = {
    ...(given(input.kind) === undefined ? {} : { kind: input.kind as NonNullable<typeof input.kind> }),
    ...(title === undefined ? {} : { title }),
    ...(text === undefined ? {} : { text }),
    ...(input.labels ? { labels: [...new Set(input.labels.map(asStored))] } : {}),
    ...(typeof input.region === 'string' ? { region: input.region } : {}),
    ...(typeof input.industry === 'string' ? { industry: input.industry } : {}),
    ...(typeof input.uscc === 'string' ? { uscc: inNormalForm(input.uscc) } : {}),
    ...(contactName === undefined ? {} : { contactName }),
    ...(typeof input.contactPhone === 'string' ? { contactPhone: input.contactPhone } : {}),
    ...(input.anonymous === true ? { anonymous: true } : {}),
    ...(typeof input.project === 'string' ? { project: asStored(input.project) } : {}),
  };
  return all;
}

/** What is wrong with a correction by itself: what would be wrong with such an intake. */
function correctionFaults(
  { reason, contactName, anonymous, ...told }: CorrectCaseIntakeInput,
  to: Correction,
): InputFault[] {
  const sound = { title: '更正登记内容', text: '更正登记内容', region: '000000' };
  return [
    ...intakeFaults({
      title: to.title ?? sound.title,
      text: to.text ?? sound.text,
      labels: to.labels ?? [],
      attachments: [],
      region: to.region ?? sound.region,
      industry: to.industry ?? null,
      uscc: to.uscc ?? null,
      // Who brought it was known at the intake.
      enterpriseName: to.uscc === undefined ? '已登记' : null,
      homeRegion: to.uscc === undefined ? sound.region : null,
      contactPhone: to.contactPhone ?? null,
    }),
    ...(typeof contactName === 'string'
      ? textFaults(contactName, ['contactName'], { longest: TEXT_LIMITS.name, shortest: 1 })
      : []),
    ...toldTimeFaults(told),
    ...(anonymous === false ? [{ path: ['anonymous'], ...said('ANONYMITY_STAYS') }] : []),
    ...noteFaults('reason', reason),
  ];
}

const namesIn = ({ region, uscc, project }: Correction, broughtBy: string | null): Named[] => [
  ...(region === undefined ? [] : [{ kind: 'region', code: region, path: ['region'] } as const]),
  ...(uscc === undefined ? [] : [{ kind: 'enterprise', code: uscc, path: ['uscc'] } as const]),
  ...(project === undefined ? [] : [projectNamed(project, uscc ?? broughtBy)]),
];

/** Whether the case is already as the correction says. */
const isSame = (view: CaseView, to: Correction): boolean => {
  const now: Record<string, unknown> = { ...view, ...view.complainant };
  return Object.entries(to).every(([name, value]) => JSON.stringify(now[name]) === JSON.stringify(value));
};

export const correctCaseIntake: NonNullable<MutationResolvers['correctCaseIntake']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, commands, register, stores } = context;
  requireRole(actor, ROLES, 'correctCaseIntake');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const to = correctionOf(input);
  const faults = correctionFaults(input, to);
  if (faults.length > 0) return faultsPayload(faults);
  const [present] = await stores.cases.byNumber([input.caseNumber], ['title', 'text', 'wording']);
  const changesWords = [to.title, to.text, to.uscc, to.contactName, to.contactPhone, to.anonymous, to.project].some(
    (value) => value !== undefined,
  );
  const found =
    present === undefined || !changesWords
      ? undefined
      : await wordsToFind(
          {
            // What the coordinator has left out of an anonymous case is not found again after a correction.
            title: present.wording?.title ?? to.title ?? present.title ?? '',
            text: present.wording?.text ?? to.text ?? present.text ?? '',
            anonymous: to.anonymous ?? present.complainant.anonymous,
            complainant: {
              ...present.complainant,
              uscc: to.uscc ?? present.complainant.uscc,
              contactName: to.contactName ?? present.complainant.contactName,
              contactPhone: to.contactPhone ?? present.complainant.contactPhone,
              formerly: everyContact(present),
            },
            project: to.project ?? present.project ?? null,
          },
          context,
        );
  const item = itemOf(input.serviceItem);
  const asked = askedOfRegister(register, namesIn(to, present?.complainant.uscc ?? null), item);
  const outcome = await commands.change({
    name: 'correctCaseIntake',
    idempotencyKey,
    actor,
    unknown: asked.unknown,
    caseNumber: input.caseNumber,
    expectedVersion: input.expectedVersion,
    request: input,
    decide: (view, parties) => {
      const matter = itemAgainst(view, asked.item());
      const correction: Correction = { ...to, ...matter };
      const corrected = (time: Pick<Correction, 'actualTime'> = {}) =>
        [
          {
            change: {
              type: 'CORRECTED',
              correction: { ...correction, ...time, ...found },
              reason: asStored(input.reason),
            },
          },
        ] as const;
      // What stands in the case is compared for whoever may correct it: others would find it out by trying.
      // A matter that the catalogue does not have is refused with the other names.
      if (!judgeMove(view, 'CORRECTED', parties).legal || (item !== null && asked.item() === null)) return corrected();
      const told = isTimeTold(input);
      const fault = correctionFault(view, { ...correction, ...(told ? { actualTime: null } : {}) }, parties);
      if (fault !== null)
        return refuseFor('NOT_CORRECTED', [fault.path], {
          field: fault.path,
          why: fault.message,
          whyInChinese: fault.zh,
        });
      if (told && (matter.serviceItem ?? view.serviceItem ?? null) === null)
        return refuseFaults([{ path: ['serviceItem'], ...said('MATTER_NEEDED') }]);
      const time = timeOf(input, context);
      return isSame(view, { ...correction, ...time }) ? refuseFor('NOTHING_TO_CORRECT', []) : corrected(time);
    },
  });
  return casePayload(outcome, context);
};
