import type { CheckReport } from './report.js';

/** Why the registry refuses: what the caller may not, what cannot be used, what is not there, who came first. */
export type RefusalCode = 'FORBIDDEN' | 'BAD_USER_INPUT' | 'NOT_FOUND' | 'OVERTAKEN' | 'CHECK_FAILED';

/** A request to the registry that changed nothing; the message says which value and why. */
export class RegistryRefusal extends Error {
  readonly code: RefusalCode;
  /** What the check found, where a check refused. */
  readonly report: CheckReport | null;

  constructor(code: RefusalCode, message: string, report: CheckReport | null = null) {
    super(message);
    this.name = 'RegistryRefusal';
    this.code = code;
    this.report = report;
  }
}
