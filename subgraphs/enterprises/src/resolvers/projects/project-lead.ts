import { moneyOfFen } from '@zhitong/values';
import { leadMoves } from '../../domain/projects/project-moves.js';
import type {
  AdmissionMeetingResolvers,
  AdmissionOpinionResolvers,
  ProjectLeadResolvers,
} from '../../generated/resolvers-types.js';
import { requiredDepartment } from '../department.js';
import { readableProject } from '../project.js';

export const ProjectLead: ProjectLeadResolvers = {
  leadDepartment: async ({ leadDepartmentCode }, _args, { loaders }) => requiredDepartment(leadDepartmentCode, loaders),
  investment: ({ investmentFen }) => moneyOfFen(investmentFen),
  meetings: ({ meetings }) => [...meetings],
  project: async ({ project }, _args, context) => (project === null ? null : readableProject(project, context)),
  legalMoves: (lead, _args, { actor }) => leadMoves(lead, actor),
};

export const AdmissionMeeting: AdmissionMeetingResolvers = {
  opinions: ({ opinions }) => [...opinions],
};

export const AdmissionOpinion: AdmissionOpinionResolvers = {
  department: async ({ department }, _args, { loaders }) => requiredDepartment(department, loaders),
};
