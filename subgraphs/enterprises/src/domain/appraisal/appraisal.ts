import { createHash } from 'node:crypto';
import type { LegalDay, TextFault } from '@zhitong/values';
import { said } from '../refusal-words.js';

/** The grades of 好差评; 5 is very satisfied, and 3 and more count as satisfied, as with cases. */
export const GRADES = [1, 2, 3, 4, 5] as const;
const LOWEST_SATISFIED = 3;

/** A part of the library, by size, with how many of it are asked. */
export interface Stratum {
  readonly scale: 'LARGE' | 'MEDIUM' | 'SMALL' | 'MICRO';
  readonly size: number;
}

/** What one enterprise says of one department. */
export interface DepartmentGrades {
  /** Code. */
  readonly department: string;
  readonly process: number;
  readonly result: number;
}

/** How many enterprises gave a department a pair of grades. Nothing ties a tally to who gave it. */
export interface Tally extends DepartmentGrades {
  readonly count: number;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The hash by which a seed is committed: its SHA-256 in hexadecimal digits, as `printf SEED | sha256sum` gives it. */
export const seedHash = (seed: string): string => sha256(seed);

/**
 * What stands for a population: SHA-256 of its codes, one on a line, in order. It goes into every lot, so that whoever
 * knows the seed beforehand cannot know the lots: one enterprise more or less changes all of them.
 */
export const populationDigest = (usccs: readonly string[]): string => sha256(usccs.join('\n'));

/** An enterprise's lot in a draw; the lowest are drawn. */
export const lotOf = (seed: string, population: string, uscc: string): string =>
  sha256(`${seed}\n${population}\n${uscc}`);

/**
 * The enterprises of one stratum that are asked: those with the lowest lots, all of them when there are fewer.
 * @param usccs codes of the stratum
 */
export function drawn(
  usccs: readonly string[],
  { seed, population, size }: { readonly seed: string; readonly population: string; readonly size: number },
): string[] {
  return usccs
    .map((uscc) => ({ uscc, lot: lotOf(seed, population, uscc) }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, size)
    .map(({ uscc }) => uscc);
}

/** What is wrong with an enterprise's answers. */
export function answerFaults(grades: readonly DepartmentGrades[], appraised: readonly string[]): TextFault[] {
  if (grades.length === 0) return [{ path: ['grades'], ...said('NO_GRADES') }];
  return grades.flatMap(({ department, process, result }, at): TextFault[] => {
    const path = (field: string): string[] => ['grades', String(at), field];
    if (!appraised.includes(department))
      return [{ path: path('department'), ...said('NOT_APPRAISED', { department: department.slice(0, 40) }) }];
    if (grades.findIndex((other) => other.department === department) < at)
      return [{ path: path('department'), ...said('DEPARTMENT_TWICE', { department }) }];
    return [['process', process] as const, ['result', result] as const].flatMap(([field, grade]) =>
      GRADES.some((one) => one === grade) ? [] : [{ path: path(field), ...said('BAD_GRADE', { grade }) }],
    );
  });
}

/** Whether a round takes answers on a day. */
export const isOpenOn = (
  { opensOn, closesOn }: { readonly opensOn: LegalDay; readonly closesOn: LegalDay },
  day: LegalDay,
): boolean => opensOn <= day && day <= closesOn;

export const isSatisfied = (grade: number): boolean => grade >= LOWEST_SATISFIED;
