import { said, type Said } from '../refusal-words.js';
import { industryProblem, isProvince } from '@zhitong/values';
import type { CodeHierarchy } from './fact-definition.js';

const REGION = /^(\d{2})(?:\d{2}){0,2}$/;

/**
 * Why nothing can lie under a code of a hierarchy, or null: an industry has a section of GB/T 4754—2017 and a division
 * of that section, a region the digits of a province of GB/T 2260. Groups and classes of industries and counties are
 * not looked up: zones register under codes that the standard does not have.
 */
export function unknownCode(hierarchy: CodeHierarchy, code: string): Said | null {
  if (hierarchy === 'REGION')
    return code === 'CN' || isProvince(REGION.exec(code)?.[1] ?? '') ? null : said('NO_REGION');
  const problem = industryProblem(code);
  if (problem === null) return null;
  return problem.kind === 'SHAPE'
    ? said('NO_INDUSTRY_SHAPE')
    : said('NO_INDUSTRY_DIVISION', { section: problem.section, first: problem.first, last: problem.last });
}
