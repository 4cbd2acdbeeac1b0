import { connectorsFolder } from '@zhitong/connect';
import { parseEnvironment, subgraphConfig, type Environment, type SubgraphConfig } from '@zhitong/kit';
import { ownDepartment } from '@zhitong/kit/departments';
import { z } from 'zod';
import { MASKING_MACHINES, type MaskingMachines } from './domain/access.js';
import { AUTHORITIES, CITY_AUTHORITIES, type AuthorityDepartments } from './domain/fact-authorities.js';

/** Configuration of the enterprises department's process. */
export interface EnterprisesConfig extends SubgraphConfig {
  /** Codes of the departments that are each kind of authority, and so may record its facts. */
  readonly factAuthorities: AuthorityDepartments;
  /** The machine identities that take what leads to an enterprise out of texts. */
  readonly maskers: MaskingMachines;
  /** Folder of the mapping files of systems that deliver here. */
  readonly connectorsFolder: string;
}

const codes = z.array(z.string().regex(/^[A-Z][A-Z0-9]{1,19}$/, 'must be a department code'));
const authorities = z.partialRecord(z.enum(AUTHORITIES), codes);

/** A JSON object of codes by authority. */
const fromJson = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a JSON object' });
    return z.NEVER;
  }
});

/** What is separated by commas. */
const listed = z.string().transform((text) => text.split(',').map((item) => item.trim()));
const services = z.array(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be the name of a part of the graph'));

const schema = z.object({
  ENTERPRISES_FACT_AUTHORITIES: fromJson.pipe(authorities).optional(),
  ENTERPRISES_MASKING_DEPARTMENTS: listed.pipe(codes).optional(),
  ENTERPRISES_MASKING_SERVICES: listed.pipe(services).optional(),
});

/**
 * Reads the environment, the only place here that does: beside the shared variables `ENTERPRISES_CONNECTORS_DIR`,
 * `ENTERPRISES_FACT_AUTHORITIES`, which names another city's departments, for example `{"TAX":["SWJ"]}` (what it leaves
 * out stays as in this city), and `ENTERPRISES_MASKING_DEPARTMENTS` and `ENTERPRISES_MASKING_SERVICES`, codes and names
 * separated by commas.
 * @throws Error naming each variable that is wrong and why
 */
export function enterprisesConfig(environment?: Environment): EnterprisesConfig {
  const { name, port } = ownDepartment(import.meta.dirname);
  const shared = subgraphConfig(name, port, environment);
  const own = parseEnvironment(schema, shared.environment);
  return {
    ...shared,
    factAuthorities: { ...CITY_AUTHORITIES, ...own.ENTERPRISES_FACT_AUTHORITIES },
    maskers: {
      departments: own.ENTERPRISES_MASKING_DEPARTMENTS ?? MASKING_MACHINES.departments,
      services: own.ENTERPRISES_MASKING_SERVICES ?? MASKING_MACHINES.services,
    },
    connectorsFolder: connectorsFolder(name, import.meta.dirname, environment),
  };
}
