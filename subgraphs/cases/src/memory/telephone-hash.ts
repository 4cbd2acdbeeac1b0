import { createHmac } from 'node:crypto';
import { telephoneForms } from '../domain/telephone.js';

/** Makes of a telephone number what it is found by: keyed hashes, from which nobody without the key gets it back. */
export type TelephoneHash = (telephone: string | null) => string[];

/** @param key the department's secret; who has it can find out numbers by trying all of them. */
export const telephoneHash =
  (key: string): TelephoneHash =>
  (telephone) =>
    telephone === null
      ? []
      : telephoneForms(telephone).map((form) => createHmac('sha256', key).update(form).digest('base64url'));
