import type { MutationResolvers } from '../generated/resolvers-types.js';
import { orError, orRefused } from './refused.js';

export const mutation: MutationResolvers = {
  publishSchema: (_root, { input: { proposal, ...saying } }, { registry, actor }) =>
    orRefused(registry.publish(actor, proposal, saying)),
  rollBackSchema: (_root, { input: { publication, ...saying } }, { registry, actor }) =>
    orRefused(registry.rollback(actor, publication, saying)),
  retireDepartment: (_root, { input: { department, ...saying } }, { registry, actor }) =>
    orRefused(registry.retire(actor, department, saying)),
  approveChange: async (_root, { input: { change, ...saying } }, { registry, actor }) => {
    await orError(registry.approve(actor, change, saying));
    return { change };
  },
  declareDependants: async (_root, { input: { department, dependants } }, { registry, actor }) => ({
    kept: await orError(registry.declare(actor, department, dependants)),
  }),
  publishDraft: (_root, { input: { proposal, label, ...saying } }, { registry, actor }) =>
    orRefused(registry.draft(actor, { ...proposal, label }, saying)),
  withdrawDraft: async (_root, { name }, { registry, actor }) => {
    await orError(registry.withdraw(actor, name));
    return { name };
  },
};
