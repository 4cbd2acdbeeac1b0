import type { CheckReport } from './report.js';

/** Why the registry refuses: what the caller may not, what cannot be used, what is not there, who came first. */
export type RefusalCode = 'FORBIDDEN' | 'BAD_USER_INPUT' | 'NOT_FOUND' | 'OVERTAKEN' | 'CHECK_FAILED';

/** What is wrong, with the value that is, for who reads English and for who reads Chinese. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** A request to the registry that changed nothing; the words say which value and why. */
export class RegistryRefusal extends Error {
  readonly code: RefusalCode;
  /** The message in Chinese. */
  readonly messageZh: string;
  /** What the check found, where a check refused. */
  readonly report: CheckReport | null;

  constructor(code: RefusalCode, { en, zh }: Words, report: CheckReport | null = null) {
    super(en);
    this.name = 'RegistryRefusal';
    this.code = code;
    this.messageZh = zh;
    this.report = report;
  }
}
