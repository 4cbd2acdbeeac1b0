import type { InputFault } from '@zhitong/kit/commands';
import { normalText } from '@zhitong/values';
import type { OpenVisitCampaignInput } from '../../generated/resolvers-types.js';
import { said } from '../../domain/refusal-words.js';

const MOST_STAGES = 10;
const MOST_QUOTAS = 200;
const LONGEST_NAME = 60;

function nameFaults(name: string, path: readonly string[]): InputFault[] {
  const length = [...normalText(name)].length;
  return length >= 2 && length <= LONGEST_NAME
    ? []
    : [{ path, ...said('NAME_LENGTH', { length, most: LONGEST_NAME }) }];
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
    ...(until < from ? [{ path: ['until'], ...said('ENDS_BEFORE_FIRST_DAY', { until, from }) }] : []),
    ...(stages.length === 0 || stages.length > MOST_STAGES
      ? [{ path: ['stages'], ...said('STAGES_COUNT', { stagesCount: stages.length, most: MOST_STAGES }) }]
      : []),
    ...stages.flatMap((stage, at): InputFault[] => [
      ...nameFaults(stage.name, ['stages', String(at), 'name']),
      ...(stage.until < from || stage.until > until
        ? [{ path: ['stages', String(at), 'until'], ...said('STAGE_OUTSIDE_CAMPAIGN', { until: stage.until }) }]
        : []),
    ]),
    ...(quotas.length > MOST_QUOTAS
      ? [{ path: ['quotas'], ...said('TOO_MANY_QUOTAS', { quotasCount: quotas.length }) }]
      : []),
    ...quotas.flatMap(({ department, quota }, at): InputFault[] => [
      ...(quota < 1 ? [{ path: ['quotas', String(at), 'quota'], ...said('BAD_QUOTA', { quota }) }] : []),
      ...(quotas.findIndex((other) => other.department === department) < at
        ? [
            {
              path: ['quotas', String(at), 'department'],
              ...said('DEPARTMENT_TWICE', { department: department.slice(0, 40) }),
            },
          ]
        : []),
    ]),
  ];
}
