import { badUserInput, connectionOf, parsePage, requestedFields } from '@zhitong/kit';
import { dayInShanghai } from '@zhitong/values';
import { campaignFigures } from '../../domain/visits/campaign.js';
import { said } from '../../domain/refusal-words.js';
import type {
  CampaignFiguresResolvers,
  CampaignTargetResolvers,
  UnitFiguresResolvers,
  VisitDepartmentFiguresResolvers,
  VisitFiguresResolvers,
  VisitCampaignResolvers,
} from '../../generated/resolvers-types.js';
import { TARGET_ORDER } from '../../list-orders.js';
import { requiredDepartment } from '../department.js';
import { storedFields } from '../enterprise-fields.js';
import { officialWith } from '../official.js';

export const VisitCampaign: VisitCampaignResolvers = {
  figures: async ({ id, stages, quotas }, { asOf }, { stores, clock }) => {
    const today = dayInShanghai(clock.now());
    const day = asOf ?? today;
    if (day > today) throw badUserInput(said('ASOF_NOT_COME', { day, today }), ['asOf']);
    const [targets, visits, findings] = await Promise.all([
      stores.campaigns.allTargets(id),
      stores.visits.counted(id),
      stores.findings.counted(id),
    ]);
    const byUnit = new Map(quotas.map(({ departmentCode, quota }) => [departmentCode, quota]));
    return campaignFigures({ stages, targets, visits, findings, quotas: byUnit }, day);
  },
  targets: async ({ id }, { filter, ...args }, { stores }) => {
    const page = parsePage(args, { list: { list: 'campaign.targets', id, filter }, keys: TARGET_ORDER.length });
    const { isVisited, unit, stage } = filter ?? {};
    const conditions = {
      isVisited: isVisited ?? undefined,
      unit: unit ?? undefined,
      stage: typeof stage === 'number' ? stage - 1 : undefined,
    };
    return connectionOf({
      rows: await stores.campaigns.listTargets(id, conditions, page),
      page,
      sort: TARGET_ORDER,
      totalCount: async () => stores.campaigns.countTargets(id, conditions),
    });
  },
};

export const CampaignFigures: Pick<CampaignFiguresResolvers, 'units'> = {
  units: ({ units }) => [...units],
};

export const UnitFigures: UnitFiguresResolvers = {
  department: async ({ unit }, _args, { loaders }) => (unit === null ? null : requiredDepartment(unit, loaders)),
};

export const VisitFigures: Pick<VisitFiguresResolvers, 'byKind' | 'byDepartment'> = {
  byKind: ({ byKind }) => [...byKind],
  byDepartment: ({ byDepartment }) => [...byDepartment],
};

export const VisitDepartmentFigures: VisitDepartmentFiguresResolvers = {
  department: async ({ unit }, _args, { loaders }) => requiredDepartment(unit, loaders),
};

export const CampaignTarget: CampaignTargetResolvers = {
  enterprise: async ({ uscc }, _args, { loaders }, info) => {
    const enterprise = await loaders.enterprise(uscc, { fields: storedFields(requestedFields(info)) });
    if (enterprise === undefined) throw new Error(`A campaign names the enterprise ${uscc}, which is not registered.`);
    return enterprise;
  },
  unit: async ({ unit }, _args, { loaders }) => (unit === null ? null : requiredDepartment(unit, loaders)),
  official: async ({ uscc, officialId }, _args, context) =>
    officialId === null ? null : officialWith(uscc, officialId, context),
  stage: ({ stage }) => stage + 1,
};
