import { signDevelopmentToken } from '@zhitong/gateway';
import { actorSchema, type Actor, type Role } from '@zhitong/kit';
import { checkUscc } from '@zhitong/values';

/** For whom a token or an assertion stands. */
export interface CallerRequest {
  readonly role: Role;
  readonly uscc?: string;
  /** Says that the register holds the code although its check character does not follow from the others. */
  readonly confirmsIrregular?: boolean;
  readonly department?: string;
  /** The part of the graph whose process a machine identity is. */
  readonly service?: string;
  /** Tells persons of the same role apart, where two are needed: 1 to 20 lower-case letters and digits. */
  readonly person?: string;
}

export interface TokenRequest extends CallerRequest {
  /** Lifetime in seconds. */
  readonly ttlSeconds: number;
  readonly dataDir: string;
}

/**
 * Signs a development token; production configurations do not accept it.
 * @throws Error that says what is missing or wrong: ENTERPRISE needs a valid USCC (GB 32100-2015; in any case and
 *   width), OFFICER and SERVICE need a department, SERVICE alone takes a service, and other roles take none of them.
 */
export async function developmentToken({ ttlSeconds, dataDir, ...caller }: TokenRequest): Promise<string> {
  if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds < 1)
    throw new Error('The lifetime must be a whole number of seconds above 0.');
  return signDevelopmentToken(developmentActor(caller), { ttlSeconds, dataDir });
}

const PERSON = /^[a-z0-9]{1,20}$/;

/** The caller that a token or an assertion of development stands for. @throws Error as `developmentToken` does */
export function developmentActor({
  role,
  uscc,
  confirmsIrregular = false,
  department,
  service,
  person,
}: CallerRequest): Actor {
  const needsDepartment = role === 'OFFICER' || role === 'SERVICE';
  if (role === 'ENTERPRISE' && uscc === undefined) throw new Error('The role ENTERPRISE needs --uscc.');
  if (role !== 'ENTERPRISE' && uscc !== undefined) throw new Error(`The role ${role} takes no --uscc.`);
  if (needsDepartment && department === undefined) throw new Error(`The role ${role} needs --department.`);
  if (!needsDepartment && department !== undefined) throw new Error(`The role ${role} takes no --department.`);
  if (role !== 'SERVICE' && service !== undefined) throw new Error(`The role ${role} takes no --service.`);
  if (person !== undefined && !PERSON.test(person))
    throw new Error(`--person takes 1 to 20 lower-case letters and digits, not ${JSON.stringify(person)}.`);
  const code = uscc === undefined ? undefined : codeOf(uscc, confirmsIrregular);
  return actorSchema.parse({
    sub: ['dev', (code ?? department ?? role).toLowerCase(), service, person]
      .filter((part) => part !== undefined)
      .join(':'),
    roles: [role],
    uscc: code,
    department,
    service,
  });
}

function codeOf(text: string, confirmsIrregular: boolean): string {
  const check = checkUscc(text, { irregular: confirmsIrregular ? 'accept' : 'refuse' });
  if (check.ok) return check.uscc;
  throw new Error(
    check.problem === 'CHECK_CHARACTER'
      ? `${check.message} If the register holds it like this, add --irregular.`
      : check.message,
  );
}
