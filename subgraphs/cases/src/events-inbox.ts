import type { Clock } from '@zhitong/kit';
import type { HeardEvents, Outbox } from '@zhitong/kit/outbox';
import { checkUscc, dayInShanghai } from '@zhitong/values';
import { z } from 'zod';
import type { Intake } from './domain/case-event.js';
import { asStored } from './domain/intake.js';
import { serviceTermsOn } from './domain/service-terms.js';
import { CATEGORIES, CHANNELS, KINDS } from './domain/taxonomy.js';
import type { KeywordExtractor } from './memory/keywords.js';
import type { CaseCommands } from './usecases/case-commands.js';

const RAISED = 'cn.zhitong.visit-finding.raised';
/** What takes a finding in is no account. */
const BY_EVENT = 'visit-finding';

const raisedSchema = z.object({
  finding: z.string().min(1),
  uscc: z.string().refine((text) => checkUscc(text, { irregular: 'accept' }).ok, 'must be a registered code'),
  title: z.string().min(1).max(200),
  text: z.string().min(1).max(10_000),
  kind: z.enum(KINDS),
  category: z.enum(CATEGORIES),
  department: z.string().min(1),
  channel: z.enum(CHANNELS),
  region: z.string().regex(/^\d{6}$/),
  industry: z
    .string()
    .regex(/^[A-T]$/)
    .nullable(),
});

/**
 * What the department does with the events in which the registry tells of problems found on visits: each becomes a case
 * that the visiting department's desk took in, and the registry is told its number, in the order of the case's own
 * events. An event of another type is taken and left alone.
 */
export const heardEvents =
  ({
    commands,
    outbox,
    keywords,
    clock,
  }: {
    commands: Pick<CaseCommands, 'submitWithin'>;
    outbox: Pick<Outbox, 'append'>;
    keywords: KeywordExtractor;
    clock: Clock;
  }): HeardEvents['handle'] =>
  async ({ type, data }, { session }) => {
    if (type !== RAISED) return;
    const { finding, uscc, department, region, ...told } = raisedSchema.parse(data);
    const [title, text] = [asStored(told.title), asStored(told.text)];
    const intake: Intake = {
      kind: told.kind,
      category: told.category,
      labels: [],
      channel: told.channel,
      origin: 'LOCAL',
      title,
      text,
      attachments: [],
      complainant: {
        uscc,
        name: null,
        homeRegion: null,
        anonymous: false,
        contactName: null,
        contactPhone: null,
      },
      region,
      industry: told.industry,
      receivedBy: department,
      keywords: keywords(title, text),
      triageDays: serviceTermsOn(dayInShanghai(clock.now())).triageDays,
    };
    const by = { sub: BY_EVENT, party: 'DESK', department, uscc: null } as const;
    const caseNumber = await commands.submitWithin(by, intake, { session });
    await outbox.append(
      [{ type: 'cn.zhitong.visit-finding.taken', subject: caseNumber, data: { finding, caseNumber } }],
      { session },
    );
  };
