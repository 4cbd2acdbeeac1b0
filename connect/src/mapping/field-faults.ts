import type { TargetField } from '../target.js';
import { constantReading } from './compile.js';
import { nearest } from './faults.js';
import type { FieldMapping, Mapping } from './mapping.js';
import { MONEY_UNITS } from './readers/money.js';

/** What a field's mapping says that its type does not take; paths are within the field. */
export function fieldFaults(
  field: FieldMapping,
  { type }: TargetField,
  mapping: Mapping,
): { readonly path: readonly string[]; readonly message: string }[] {
  const faults: { path: string[]; message: string }[] = [];
  const refuse = (path: string, message: string): void => void faults.push({ path: [path], message });
  if (field.columns.length === 0 && field.constant === undefined) refuse('column', 'State a column or a constant.');
  if (field.unit !== undefined) {
    const units =
      type.kind === 'money' ? [...MONEY_UNITS.keys()] : type.kind === 'rate' ? ['percent', 'fraction'] : null;
    if (units === null) refuse('unit', `A field of the kind "${type.kind}" has no unit.`);
    else if (!units.includes(field.unit)) refuse('unit', `"${field.unit}" is no unit; there is ${units.join(', ')}.`);
  }
  if (field.currencyColumn !== undefined && type.kind !== 'money')
    refuse('currencyColumn', 'Only money has a currency.');
  if (field.prefixColumn !== undefined && type.kind !== 'text')
    refuse('prefixColumn', 'Only texts have one before them.');
  if (field.digits !== undefined && type.kind !== 'text') refuse('digits', 'Only texts have so many digits.');
  if (field.pad !== undefined && field.digits === undefined) refuse('pad', 'State digits: how many there are.');
  if (field.separator !== undefined && type.kind !== 'texts') refuse('separator', 'Only lists have a separator.');
  if (Object.keys(field.codes).length > 0) {
    if (type.kind === 'integer' || type.kind === 'boolean') {
      for (const [text, meant] of Object.entries(field.codes)) {
        const reading = constantReading(meant, type, { ...field, codes: {} }, mapping);
        if (!reading.ok) faults.push({ path: ['codes', text], message: `It cannot be used: ${reading.reason}` });
      }
    } else if (type.kind !== 'code' && type.kind !== 'text')
      refuse('codes', `A field of the kind "${type.kind}" has no codes.`);
    else if (type.kind === 'code')
      for (const [text, code] of Object.entries(field.codes)) {
        if (type.codes.has(code)) continue;
        const near = nearest(code, type.codes.keys());
        faults.push({
          path: ['codes', text],
          message: `"${code}" is no code of this field${near === null ? '' : `; "${near}" is meant?`}`,
        });
      }
  }
  if (field.constant !== undefined) {
    const reading = constantReading(field.constant, type, field, mapping);
    if (!reading.ok) refuse('constant', `The constant cannot be used: ${reading.reason}`);
  }
  return faults;
}
