import { connectorsFolder } from '@zhitong/connect';
import { parseEnvironment, subgraphConfig, type SubgraphConfig } from '@zhitong/kit';
import { ownDepartment, registerOf } from '@zhitong/kit/departments';
import { noticeDays } from '@zhitong/kit/notices';
import { FEN_OF_YUAN } from '@zhitong/values';
import { z } from 'zod';

/** Configuration of the policies department's process; the only reader of the environment here. */
export interface PoliciesConfig extends SubgraphConfig {
  /** The subgraph that keeps the registry. */
  readonly register: string;
  /** Enterprises whose facts are kept in memory for previews, at most; undefined: the default. */
  readonly previewEnterprisesInMemory: number | undefined;
  /** Enterprises whose facts are kept in memory for questions about single ones, at most; undefined: the default. */
  readonly enterprisesInMemory: number | undefined;
  /** Days for which a notification is kept after it was read, and one that nobody read after it was made. */
  readonly notificationDays: number;
  /** From which amount on two persons approve and pay a grant, in fen. */
  readonly twoPersonsFromFen: number;
  /** Whether an amount that is decided to be less than the public was shown is shown again. */
  readonly showsReduced: boolean;
  /** Folder of its connectors' mapping files: `POLICIES_CONNECTORS_DIR`. */
  readonly connectorsFolder: string;
}

const schema = z.object({
  POLICIES_PREVIEW_ENTERPRISES_IN_MEMORY: z.coerce.number().int().min(0).optional(),
  POLICIES_ENTERPRISES_IN_MEMORY: z.coerce.number().int().min(1).optional(),
  POLICIES_NOTIFICATION_DAYS: noticeDays,
  POLICIES_TWO_PERSONS_FROM_YUAN: z.coerce.number().int().min(0).default(0),
  POLICIES_SHOW_REDUCED_AGAIN: z.enum(['yes', 'no']).default('yes'),
});

/**
 * Parses the environment.
 * @throws Error naming each variable that is wrong and why.
 */
export function policiesConfig(): PoliciesConfig {
  const department = ownDepartment(import.meta.dirname);
  const config = subgraphConfig(department.name, department.port);
  const env = parseEnvironment(schema, config.environment);
  return {
    ...config,
    register: registerOf(department),
    previewEnterprisesInMemory: env.POLICIES_PREVIEW_ENTERPRISES_IN_MEMORY,
    enterprisesInMemory: env.POLICIES_ENTERPRISES_IN_MEMORY,
    notificationDays: env.POLICIES_NOTIFICATION_DAYS,
    twoPersonsFromFen: env.POLICIES_TWO_PERSONS_FROM_YUAN * FEN_OF_YUAN,
    showsReduced: env.POLICIES_SHOW_REDUCED_AGAIN === 'yes',
    connectorsFolder: connectorsFolder(department.name, import.meta.dirname, config.environment),
  };
}
