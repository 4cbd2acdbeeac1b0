import type { LegalDay, Said } from '@zhitong/values';
import type { ReferralMark } from './case-view.js';
import { REFERRAL_CLASSES, SANCTION_KINDS, type ReferralClass, type SanctionKind } from './taxonomy.js';
import { said } from './refusal-words.js';

/** Figures of referrals to discipline inspection, as the programmes publish them: problems, persons, sanctions. */
export interface ReferralFigures {
  readonly referrals: number;
  readonly pending: number;
  /** Pending, and the day by which they were to be concluded has passed. */
  readonly overdue: number;
  readonly persons: number;
  readonly sanctions: number;
  readonly cleared: number;
  readonly byClass: readonly { readonly concerning: ReferralClass; readonly referrals: number }[];
  readonly bySanction: readonly { readonly sanction: SanctionKind; readonly persons: number }[];
}

export const REFERRAL_FIGURES = ['REFERRALS', 'PENDING', 'OVERDUE', 'PERSONS', 'SANCTIONS', 'CLEARED'] as const;
export type ReferralFigureName = (typeof REFERRAL_FIGURES)[number];

/** Which referrals count towards a figure of a period, as it was known at the end of a day. */
export interface CountedReferrals {
  readonly from: LegalDay;
  readonly to: LegalDay;
  readonly knownOn: LegalDay;
  readonly figure: ReferralFigureName;
  /** Of SANCTIONS alone: persons with this one. */
  readonly sanction?: SanctionKind | undefined;
}

/**
 * The figures of referrals as they were known at the end of a day: one that was concluded later was pending. Persons
 * are those named in referrals, one named in two of them twice; a referral that was not classified counts as OTHER.
 */
export function referralFigures(marks: readonly ReferralMark[], knownOn: LegalDay): ReferralFigures {
  const known = marks.filter(({ referredOn }) => referredOn <= knownOn);
  const isConcluded = ({ concludedOn }: ReferralMark): boolean => concludedOn !== null && concludedOn <= knownOn;
  const pending = known.filter((mark) => !isConcluded(mark));
  const outcomes = known.filter(isConcluded).flatMap(({ persons = [] }) => persons);
  return {
    referrals: known.length,
    pending: pending.length,
    overdue: pending.filter(({ dueOn = null }) => dueOn !== null && dueOn < knownOn).length,
    persons: known.reduce((sum, { persons = [] }) => sum + persons.length, 0),
    sanctions: outcomes.filter(({ sanction }) => sanction !== null).length,
    cleared: outcomes.filter(({ isCleared }) => isCleared).length,
    byClass: REFERRAL_CLASSES.map((concerning) => ({
      concerning,
      referrals: known.filter((mark) => (mark.concerning ?? 'OTHER') === concerning).length,
    })).filter(({ referrals }) => referrals > 0),
    bySanction: SANCTION_KINDS.map((sanction) => ({
      sanction,
      persons: outcomes.filter((person) => person.sanction === sanction).length,
    })).filter(({ persons }) => persons > 0),
  };
}

/** What is wrong with the persons of a conclusion: each exists, once, and a sanction needs the outcome SANCTIONED. */
export function personOutcomeFaults(
  mark: Pick<ReferralMark, 'persons'>,
  outcome: string,
  persons: readonly { readonly person: number; readonly sanction: SanctionKind | null }[],
): ({ path: string[] } & Said)[] {
  const named = mark.persons?.length ?? 0;
  const numbers = persons.map(({ person }) => person);
  return [
    ...persons.flatMap(({ person, sanction }, index) => [
      ...(person >= 1 && person <= named
        ? []
        : [
            {
              path: ['persons', String(index), 'person'],
              ...said('NO_SUCH_PERSON', { named, person }),
            },
          ]),
      ...(numbers.indexOf(person) === index
        ? []
        : [{ path: ['persons', String(index), 'person'], ...said('PERSON_TWICE', { person }) }]),
      ...(sanction === null || outcome === 'SANCTIONED'
        ? []
        : [{ path: ['persons', String(index), 'sanction'], ...said('SANCTION_DOES_NOT_GO', { outcome }) }]),
    ]),
    ...(outcome === 'SANCTIONED' && named > 0 && persons.every(({ sanction }) => sanction === null)
      ? [{ path: ['persons'], ...said('SANCTION_NEEDED') }]
      : []),
  ];
}
