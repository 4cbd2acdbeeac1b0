import type { Named, NameChecks } from '@zhitong/kit/graph';
import type { Landed, MappedRow } from './target.js';

/** A name that a row states, and the target's field that states it. */
export type NamedInRow = Pick<Named, 'kind' | 'code'> & { readonly field: string };

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
  for (const {
    path: [index = '', field = ''],
    message,
  } of faults) {
    const row = rows[Number(index)];
    if (row !== undefined && !unknown.has(row))
      unknown.set(row, { kind: 'refused', field, reason: `登记库中没有：${message}` });
  }
  return unknown;
}
