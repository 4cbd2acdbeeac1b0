import type { InputFault } from '@zhitong/kit/commands';
import { normalText } from '@zhitong/values';
import type { OpenVisitCampaignInput } from '../../generated/resolvers-types.js';

const MOST_STAGES = 10;
const MOST_QUOTAS = 200;
const LONGEST_NAME = 60;

function nameFaults(name: string, path: readonly string[]): InputFault[] {
  const length = [...normalText(name)].length;
  return length >= 2 && length <= LONGEST_NAME
    ? []
    : [{ path, message: `has ${length} characters; it needs 2 to ${LONGEST_NAME}` }];
}

/** What is wrong with a campaign, whatever is registered and whatever day it is. */
export function campaignFaults({
  name,
  from,
  until,
  stages,
  quotas = [],
}: Pick<OpenVisitCampaignInput, 'name' | 'from' | 'until' | 'stages' | 'quotas'>): InputFault[] {
  return [
    ...nameFaults(name, ['name']),
    ...(until < from ? [{ path: ['until'], message: `${until} is before the first day, ${from}` }] : []),
    ...(stages.length === 0 || stages.length > MOST_STAGES
      ? [{ path: ['stages'], message: `has ${stages.length} entries; a campaign has 1 to ${MOST_STAGES} stages` }]
      : []),
    ...stages.flatMap((stage, at): InputFault[] => [
      ...nameFaults(stage.name, ['stages', String(at), 'name']),
      ...(stage.until < from || stage.until > until
        ? [{ path: ['stages', String(at), 'until'], message: `${stage.until} is outside the campaign` }]
        : []),
    ]),
    ...(quotas.length > MOST_QUOTAS
      ? [{ path: ['quotas'], message: `has ${quotas.length} entries; 200 at most` }]
      : []),
    ...quotas.flatMap(({ department, quota }, at): InputFault[] => [
      ...(quota < 1 ? [{ path: ['quotas', String(at), 'quota'], message: `is ${quota}; it is 1 or more` }] : []),
      ...(quotas.findIndex((other) => other.department === department) < at
        ? [{ path: ['quotas', String(at), 'department'], message: `${department.slice(0, 40)} stands twice` }]
        : []),
    ]),
  ];
}
