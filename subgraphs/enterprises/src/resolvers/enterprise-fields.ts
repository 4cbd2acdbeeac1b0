import type { RequestedFields } from '@zhitong/kit';
import { REGISTER_FIELDS } from '../domain/fact-sheet.js';
import type { EnterpriseField } from '../models/enterprise.js';

/** What a fact sheet is made of. */
export const SHEET_FIELDS: readonly EnterpriseField[] = [...REGISTER_FIELDS, 'latestFacts'];

/** The stored fields that each field of the graph's Enterprise is made of, beyond those that every read brings. */
export const STORED_FIELDS: Readonly<Record<string, readonly EnterpriseField[]>> = {
  legalForm: ['legalForm'],
  scale: ['scale'],
  registeredOn: ['registeredOn'],
  status: ['status'],
  registeredCapital: ['registeredCapitalFen', 'legalForm'],
  statisticalCategory: ['statisticalCategory'],
  isAboveDesignatedSize: ['statisticalCategory'],
  honours: ['honours'],
  contact: ['contact', 'stewardId'],
  steward: ['stewardId'],
  facts: SHEET_FIELDS,
  factsVersion: ['factsVersions'],
  version: ['version'],
};

/** What to read for the requested fields of an enterprise; sorted, so that equal wishes share a batch. */
export function storedFields(requested: RequestedFields | undefined): EnterpriseField[] {
  return [...new Set([...(requested?.keys() ?? [])].flatMap((field) => STORED_FIELDS[field] ?? []))].sort();
}
