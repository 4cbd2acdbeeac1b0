import { type Actor, hasRole, isDepartmentUnavailable, requireRole } from '@zhitong/kit';
import { faultsPayload, idempotencyKeyArgument } from '@zhitong/kit/commands';
import type { Named } from '@zhitong/kit/graph';
import { checkUscc } from '@zhitong/values';
import type { Context } from '../../context.js';
import { desksInstead, type ChannelDesks } from '../../domain/channel-desks.js';
import type { Channel } from '../../domain/taxonomy.js';
import type { Author, Intake } from '../../domain/case-event.js';
import { asStored, intakeFaults, textFaults, TEXT_LIMITS } from '../../domain/intake.js';
import { isTimeTold, toldTimeFaults } from '../../domain/promises/promised-time.js';
import type { InputFault } from '../../domain/satisfaction.js';
import { serviceTermsOn } from '../../domain/service-terms.js';
import { said } from '../../domain/refusal-words.js';
import type { MutationResolvers, SubmitCaseInput } from '../../generated/resolvers-types.js';
import { wordsToFind } from '../words-to-find.js';
import { casePayload } from './changing.js';
import { filesGiven, soundFiles } from './given-files.js';
import { askedOfRegister, itemOf, timeOf } from './promised-matter.js';

/**
 * Who takes the case in: the enterprise itself, or somebody at a desk. A coordinator's or officer's department is the
 * desk.
 */
function taker(actor: Actor): Author {
  const isDesk = hasRole(actor, 'OFFICER', 'COORDINATOR');
  return {
    sub: actor.sub,
    party: hasRole(actor, 'COORDINATOR') ? 'COORDINATOR' : isDesk ? 'DESK' : 'ENTERPRISE',
    department: isDesk ? (actor.department ?? null) : null,
    uscc: isDesk ? null : (actor.uscc ?? null),
  };
}

/** A code as it is compared and stored; what is no code stays as it came, to be refused with the form. */
export function inNormalForm(uscc: string): string {
  const check = checkUscc(uscc, { irregular: 'accept' });
  return check.ok ? check.uscc : uscc;
}

/** A desk takes in what comes by its own channels; the coordinator, who takes in for every desk, by all. */
function channelFaults(channel: Channel, by: Author, channelDesks: ChannelDesks): InputFault[] {
  const desks = by.party === 'DESK' ? desksInstead(channelDesks, channel, by.department) : null;
  return desks === null
    ? []
    : [
        {
          path: ['channel'],
          ...said('CHANNEL_OF_OTHERS', { channel, desks: desks.join(', ') }),
        },
      ];
}

/**
 * The industry that figures are grouped by: the register's where it has one, else as stated. An enterprise that writes
 * for itself does not wait for a registry that does not answer; a desk is told so with the enterprise's code.
 */
async function industryOf(uscc: string | null, stated: string | null, register: Context['register']) {
  if (uscc === null) return stated;
  try {
    return (await register.enterpriseIndustry(uscc)) ?? stated;
  } catch (error) {
    if (isDepartmentUnavailable(error)) return null;
    throw error;
  }
}

/** What an enterprise may not say about its own case. */
function ownFaults(input: SubmitCaseInput, uscc: string | null, by: Author): InputFault[] {
  if (by.party !== 'ENTERPRISE') return [];
  return [
    ...(uscc !== null && uscc !== by.uscc ? [{ path: ['uscc'], ...said('OWN_CASES_ONLY') }] : []),
    ...(typeof input.meeting === 'string' ? [{ path: ['meeting'], ...said('FOR_A_DESK') }] : []),
    ...((input.channel ?? 'PORTAL') === 'PORTAL'
      ? []
      : [
          {
            path: ['channel'],
            ...said('PORTAL_ONLY'),
          },
        ]),
  ];
}

/**
 * What the registry must know: where it happened, whose case a desk takes in, and whose project it concerns.
 * An enterprise's own code is known with its token.
 */
function namesIn(
  { region, uscc, project }: { region: string; uscc: string | null; project: string | null },
  by: Author,
): Named[] {
  return [
    { kind: 'region', code: region, path: ['region'] },
    ...(uscc === null || by.party === 'ENTERPRISE'
      ? []
      : [{ kind: 'enterprise', code: uscc, path: ['uscc'] } as const]),
    ...(project === null ? [] : [projectNamed(project, uscc)]),
  ];
}

const NO_PROJECT = { message: 'you have no such investment project', reason: 'UNKNOWN_NAME', zh: '没有您的该投资项目' };

const asNotThere = (fault: InputFault): InputFault =>
  fault.path[0] === 'project' ? { ...fault, ...NO_PROJECT } : fault;

/** A project that a case concerns: the enterprise's own. One from elsewhere has none that the registry holds as its. */
export const projectNamed = (project: string, uscc: string | null): Named => ({
  kind: 'project',
  code: project,
  path: ['project'],
  of: uscc ?? '',
});

export const submitCase: NonNullable<MutationResolvers['submitCase']> = async (_root, { input }, context) => {
  const { actor, channelDesks, commands, register, today } = context;
  requireRole(actor, ['ENTERPRISE', 'OFFICER', 'COORDINATOR'], 'submitCase');
  const { labels = [], attachments = [], channel = 'PORTAL', anonymous = false } = input;
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const by = taker(actor);
  const item = itemOf(input.serviceItem);
  const isElsewhere = (input.enterpriseName ?? null) !== null;
  const named = typeof input.uscc === 'string' ? inNormalForm(input.uscc) : null;
  const uscc = by.party === 'ENTERPRISE' ? by.uscc : named;
  const form = {
    title: input.title,
    text: input.text,
    labels,
    attachments,
    region: input.region,
    industry: input.industry ?? null,
    uscc,
    enterpriseName: input.enterpriseName ?? null,
    homeRegion: input.homeRegion ?? null,
    contactPhone: input.contactPhone ?? null,
    project: typeof input.project === 'string' ? asStored(input.project) : null,
  };
  const faults = [
    ...ownFaults(input, named, by),
    ...channelFaults(channel, by, channelDesks),
    ...intakeFaults(form),
    ...toldTimeFaults(input),
    ...(isTimeTold(input) && item === null ? [{ path: ['serviceItem'], ...said('MATTER_NEEDED') }] : []),
    ...(isElsewhere && uscc !== null
      ? [
          {
            path: ['enterpriseName'],
            ...said('FOR_FOREIGN_ENTERPRISE'),
          },
        ]
      : []),
    ...(typeof input.contactName === 'string'
      ? textFaults(input.contactName, ['contactName'], { longest: TEXT_LIMITS.name, shortest: 1 })
      : []),
  ];
  if (faults.length > 0) return faultsPayload(faults);
  const [title, text] = [asStored(input.title), asStored(input.text)];
  const name = isElsewhere ? asStored(form.enterpriseName ?? '') : null;
  const contactName = typeof input.contactName === 'string' ? asStored(input.contactName) : null;
  const intake: Intake = {
    kind: input.kind,
    category: input.category,
    labels: [...new Set(labels.map(asStored))],
    channel,
    origin: uscc === null ? 'ELSEWHERE' : 'LOCAL',
    title,
    text,
    attachments: [...attachments],
    complainant: {
      uscc,
      name,
      homeRegion: uscc === null ? form.homeRegion : null,
      anonymous,
      contactName,
      contactPhone: form.contactPhone,
    },
    region: input.region,
    industry: await industryOf(uscc, form.industry, register),
    receivedBy: by.department,
    ...(await wordsToFind(
      {
        title,
        text,
        anonymous,
        complainant: { uscc, name, contactName, contactPhone: form.contactPhone },
        project: form.project,
      },
      context,
    )),
    triageDays: serviceTermsOn(today).triageDays,
    ...(form.project === null ? {} : { project: form.project }),
    ...(typeof input.meeting === 'string' ? { raisedAt: input.meeting } : {}),
  };
  const asked = askedOfRegister(register, namesIn(form, by), item);
  const given = await filesGiven(input.files ?? [], context);
  return casePayload(
    await commands.submit({
      idempotencyKey,
      actor,
      unknown: async () => {
        const unknownNames = await asked.unknown();
        // An enterprise does not learn by trying which projects others have.
        return by.party === 'ENTERPRISE' ? unknownNames.map(asNotThere) : unknownNames;
      },
      by,
      intake,
      matter: () => ({
        ...(item === null ? {} : { serviceItem: asked.item() }),
        ...timeOf(input, context),
        ...soundFiles(given),
      }),
      request: input,
    }),
    context,
  );
};
