import { propertyOf } from '../error-code.js';

const DUPLICATE_KEY = 11_000;

/** True for an error that says that a record with the same unique value is there already. */
export const isDuplicateKey = (error: unknown): boolean => propertyOf(error, 'code') === DUPLICATE_KEY;
