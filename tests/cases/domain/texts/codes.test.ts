import { readFileSync } from 'node:fs';
import { Kind, parse, type EnumTypeDefinitionNode } from 'graphql';
import { LEADERS } from '../../../../subgraphs/cases/src/domain/briefing.js';
import { PARTIES } from '../../../../subgraphs/cases/src/domain/case-event.js';
import { STATUSES } from '../../../../subgraphs/cases/src/domain/case-view.js';
import { CLOCK_KINDS } from '../../../../subgraphs/cases/src/domain/deadline.js';
import { GROUPINGS } from '../../../../subgraphs/cases/src/domain/figures/kept-figures.js';
import { COUNTS, FIGURE_NAMES, RATES } from '../../../../subgraphs/cases/src/domain/figures/statistics.js';
import { MEETING_KINDS } from '../../../../subgraphs/cases/src/domain/meeting.js';
import { TRANSITIONS } from '../../../../subgraphs/cases/src/domain/moves/transitions.js';
import { NOTICE_REASONS } from '../../../../subgraphs/cases/src/domain/notice.js';
import * as taxonomy from '../../../../subgraphs/cases/src/domain/taxonomy.js';
import { CHECK_ASPECTS, CHECK_MANNERS } from '../../../../subgraphs/cases/src/domain/undercover-check.js';

const SDL = readFileSync('subgraphs/cases/schema.graphql', 'utf8');
const enums = new Map(
  parse(SDL, { noLocation: true }).definitions.flatMap((one): [string, EnumTypeDefinitionNode][] =>
    one.kind === Kind.ENUM_TYPE_DEFINITION ? [[one.name.value, one]] : [],
  ),
);
const codesOf = (name: string): string[] => (enums.get(name)?.values ?? []).map(({ name: { value } }) => value);

describe('the codes that rules know', () => {
  it.each<[string, readonly string[]]>([
    ['BriefedLeader', LEADERS],
    ['CaseCategory', [...taxonomy.CATEGORIES, ...taxonomy.FURTHER_CATEGORIES]],
    ['CaseChannel', taxonomy.CHANNELS],
    ['CaseGrouping', GROUPINGS],
    ['CaseKind', taxonomy.KINDS],
    ['CaseLane', taxonomy.LANES],
    ['CaseNoticeReason', NOTICE_REASONS],
    ['CaseOrigin', taxonomy.ORIGINS],
    ['CaseParty', PARTIES],
    ['CaseSettlement', taxonomy.SETTLEMENTS],
    ['CaseStatus', STATUSES],
    ['CheckAspect', CHECK_ASPECTS],
    ['CheckManner', CHECK_MANNERS],
    ['ClockKind', CLOCK_KINDS],
    ['EscalationLevel', taxonomy.ESCALATION_LEVELS],
    ['MatterCause', taxonomy.MATTER_CAUSES],
    ['MeetingKind', MEETING_KINDS],
    ['ReferralClass', taxonomy.REFERRAL_CLASSES],
    ['SanctionKind', taxonomy.SANCTION_KINDS],
  ])('are those that the schema shows, in its order: %s', (name, codes) => expect(codes).toEqual(codesOf(name)));

  it('are every move that the schema shows', () => {
    const moves = ['SUBMITTED', ...TRANSITIONS.map(({ move }) => move)];
    expect(moves.sort()).toEqual(codesOf('CaseMove').sort());
  });

  it('are figures by the names that the schema gives them', () => {
    const shown = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    expect(FIGURE_NAMES.map(shown)).toEqual(codesOf('CaseFigureName'));
  });

  it.each(Object.entries({ ...COUNTS, ...RATES }))(
    'say of the figure %s what the schema says of it',
    (name, { formula }) => {
      expect(formula).not.toBe('');
      expect(SDL).toContain(`"${name}: ${formula}."`);
    },
  );
});
