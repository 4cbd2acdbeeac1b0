import { payloadOf, type CommandOutcome, type RefusalPayload } from '@zhitong/kit/commands';
import type { Context } from '../../context.js';
import type { EnterpriseRecord } from '../../models/enterprise.js';
import { EVERY_FIELD } from '../enterprise-fields.js';

/** A command's outcome as a payload with the enterprise as it stands now. */
export async function enterprisePayload(
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ enterprise: EnterpriseRecord | undefined } | RefusalPayload> {
  return payloadOf(outcome, async (uscc) => {
    const [enterprise] = await stores.enterprises.byUscc([uscc], EVERY_FIELD);
    return { enterprise };
  });
}
