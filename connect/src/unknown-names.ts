import type { Named, NameChecks } from '@zhitong/kit/graph';
import { checkUscc, usccFaultInChinese } from '@zhitong/values';
import { short } from './mapping/readers/shown.js';
import type { Landed, MappedRow } from './target.js';

/** A name that a row states, and the target's field that states it. */
export type NamedInRow = Pick<Named, 'kind' | 'code'> & { readonly field: string };

/** What the registry does not have, in Chinese, for who corrects the row. */
const WHAT: Readonly<Record<NamedInRow['kind'], (code: string) => string>> = {
  department: (code) => `代码为${short(code)}的部门`,
  region: (code) => `代码为${short(code)}的行政区划`,
  area: (code) => `代码为${short(code)}的行政区划，本市也没有区县在其范围内`,
  enterprise: (code) => {
    const check = checkUscc(code);
    // The register holds codes with an irregular check character; one that it does not have was mistyped.
    const mistyped = !check.ok && check.problem === 'CHECK_CHARACTER' ? usccFaultInChinese(check.problem, code) : null;
    return `统一社会信用代码为${short(code)}的企业${mistyped === null ? '' : `：${mistyped}`}`;
  },
  project: (code) => `编号为${short(code)}的项目`,
  serviceItem: (code) => `编号为${short(code)}的政务服务事项`,
};

/**
 * Rows that name what the city does not have, each with the first such name. The registry is asked once for all of
 * them.
 * @param namesIn what a row names; codes that are empty are passed over
 * @throws DEPARTMENT_UNAVAILABLE when the registry cannot be asked
 */
export async function unknownNames(
  rows: readonly MappedRow[],
  register: Pick<NameChecks, 'faultsOf'>,
  namesIn: (row: MappedRow) => readonly NamedInRow[],
): Promise<Map<MappedRow, Extract<Landed, { kind: 'refused' }>>> {
  const named = rows.flatMap((row, index) =>
    namesIn(row)
      .filter(({ code }) => code !== '')
      .map(({ kind, code, field }): Named => ({ kind, code, path: [String(index), field] })),
  );
  const faults = await register.faultsOf(named);
  const unknown = new Map<MappedRow, Extract<Landed, { kind: 'refused' }>>();
  for (const { path } of faults) {
    const [index = '', field = ''] = path;
    const row = rows[Number(index)];
    const fault = named.find(({ path: [at, of] }) => at === index && of === field);
    if (row !== undefined && fault !== undefined && !unknown.has(row))
      unknown.set(row, { kind: 'refused', field, reason: `登记库中没有${WHAT[fault.kind](fault.code)}` });
  }
  return unknown;
}
