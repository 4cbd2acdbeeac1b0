import { requestedFields } from '@zhitong/kit';
import { moneyOfFen } from '@zhitong/values';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.js';
import { mayReadOfficials } from '../../domain/access.js';
import type {
  InspectionCountResolvers,
  InspectionPlanResolvers,
  InspectionResolvers,
  PenaltyResolvers,
} from '../../generated/resolvers-types.js';
import { requiredDepartment } from '../department.js';
import { storedFields } from '../enterprise-fields.js';

async function enterpriseOf(uscc: string, { loaders }: Context, info: GraphQLResolveInfo) {
  const enterprise = await loaders.enterprise(uscc, { fields: storedFields(requestedFields(info)) });
  if (enterprise === undefined) throw new Error(`A record names the enterprise ${uscc}, which is not registered.`);
  return enterprise;
}

export const InspectionPlan: InspectionPlanResolvers = {
  department: async ({ departmentCode }, _args, { loaders }) => requiredDepartment(departmentCode, loaders),
};

export const Inspection: InspectionResolvers = {
  enterprise: async ({ uscc }, _args, context, info) => enterpriseOf(uscc, context, info),
  department: async ({ departmentCode }, _args, { loaders }) => requiredDepartment(departmentCode, loaders),
  plan: async ({ planId }, _args, { actor, financialDepartments, stores }) =>
    planId === null || !mayReadOfficials(actor, financialDepartments)
      ? null
      : (await stores.inspections.plansById([planId]))[0],
  jointWith: async ({ jointWith }, _args, { loaders }) =>
    Promise.all(jointWith.map(async (code) => requiredDepartment(code, loaders))),
  flags: ({ flags }) => [...flags],
};

export const InspectionCount: InspectionCountResolvers = {
  enterprise: async ({ uscc }, _args, context, info) => enterpriseOf(uscc, context, info),
};

export const Penalty: PenaltyResolvers = {
  enterprise: async ({ uscc }, _args, context, info) => enterpriseOf(uscc, context, info),
  department: async ({ departmentCode }, _args, { loaders }) => requiredDepartment(departmentCode, loaders),
  fine: ({ fineFen }) => moneyOfFen(fineFen),
};
