import type { Actor } from '@zhitong/kit';

/** Who stands in the columns of the matrix. */
export const CALLERS = [
  'anonymous',
  'ENTERPRISE own',
  'ENTERPRISE foreign',
  'OFFICER own',
  'OFFICER foreign',
  'OFFICER keeper',
  'OFFICER bank',
  'OFFICER unknown',
  'COORDINATOR',
  'AUDITOR',
  'ADMIN',
  'SERVICE own',
  'SERVICE foreign',
] as const;
export type Caller = (typeof CALLERS)[number];

/** A department that the city has and that nothing in these tests belongs to. */
export const FOREIGN = 'JYJ';
export const BANK = 'RMYH';
/** A department that the city does not have. */
export const UNKNOWN = 'XYZ';

/** The same account for all of them: what they may depends on nothing but whom it acts for. */
const ACCOUNT = 'one-account';

/** A caller who acts for the given enterprise and department, which own what a mutation is about. */
export function actorOf(
  caller: Caller,
  { own, foreign, department, keeper }: { own: string; foreign: string; department: string; keeper: string },
): Actor | null {
  const officer = (code: string): Actor => ({ sub: ACCOUNT, roles: ['OFFICER'], department: code });
  switch (caller) {
    case 'anonymous':
      return null;
    case 'ENTERPRISE own':
      return { sub: ACCOUNT, roles: ['ENTERPRISE'], uscc: own };
    case 'ENTERPRISE foreign':
      return { sub: ACCOUNT, roles: ['ENTERPRISE'], uscc: foreign };
    case 'OFFICER own':
      return officer(department);
    case 'OFFICER foreign':
      return officer(FOREIGN);
    case 'OFFICER keeper':
      return officer(keeper);
    case 'OFFICER bank':
      return officer(BANK);
    case 'OFFICER unknown':
      return officer(UNKNOWN);
    case 'COORDINATOR':
      return { sub: ACCOUNT, roles: ['COORDINATOR'], department: 'YSB' };
    case 'AUDITOR':
    case 'ADMIN':
      return { sub: ACCOUNT, roles: [caller] };
    case 'SERVICE own':
      return { sub: ACCOUNT, roles: ['SERVICE'], department };
    case 'SERVICE foreign':
      return { sub: ACCOUNT, roles: ['SERVICE'], department: FOREIGN };
  }
}
