import { isProvince } from '@zhitong/values';
import type { CodeHierarchy } from './fact-definition.js';

/** Sections (门类) of GB/T 4754—2017 with their first and last division (大类). */
const DIVISIONS: Readonly<Record<string, readonly [first: number, last: number]>> = {
  A: [1, 5],
  B: [6, 12],
  C: [13, 43],
  D: [44, 46],
  E: [47, 50],
  F: [51, 52],
  G: [53, 60],
  H: [61, 62],
  I: [63, 65],
  J: [66, 69],
  K: [70, 70],
  L: [71, 72],
  M: [73, 75],
  N: [76, 79],
  O: [80, 82],
  P: [83, 83],
  Q: [84, 85],
  R: [86, 90],
  S: [91, 96],
  T: [97, 97],
};
const INDUSTRY = /^([A-T])(?:(\d{2})(\d{0,2}))?$/;
const REGION = /^(\d{2})(?:\d{2}){0,2}$/;

/**
 * Why nothing can lie under a code of a hierarchy, or null: an industry has a section of GB/T 4754—2017 and a division
 * of that section, a region the digits of a province of GB/T 2260. Groups and classes of industries and counties are
 * not looked up: zones register under codes that the standard does not have.
 */
export function unknownCode(hierarchy: CodeHierarchy, code: string): string | null {
  if (hierarchy === 'REGION')
    return code === 'CN' || isProvince(REGION.exec(code)?.[1] ?? '')
      ? null
      : 'is no region: CN, or two, four or six digits of which the first two are a province (GB/T 2260)';
  const [, section = '', division] = INDUSTRY.exec(code) ?? [];
  const range = DIVISIONS[section];
  if (range === undefined) return 'is no industry: a section A to T and up to four digits (GB/T 4754)';
  const number = Number(division);
  return division === undefined || (number >= range[0] && number <= range[1])
    ? null
    : `is no industry: section ${section} has the divisions ${String(range[0])} to ${String(range[1])} (GB/T 4754)`;
}
