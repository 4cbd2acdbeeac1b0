import { badUserInput, forbidden, registeredUsccArgument, unauthenticated } from '@zhitong/kit';
import type { Context } from '../../context.js';
import { mayReadRecord } from '../../domain/access.js';
import { isLineFor } from '../../domain/service-network/matters.js';
import { said } from '../../domain/refusal-words.js';
import type {
  DirectLineResolvers,
  DirectoryEntryResolvers,
  QueryWhomToCallArgs,
} from '../../generated/resolvers-types.js';
import type { DirectoryEntryView } from '../../records.js';
import { requiredDepartment } from '../department.js';
import { officialWith } from '../official.js';
import { readableProject } from '../project.js';
import { networkOn } from './service-link.js';
import { regionsByCode } from './service-officer.js';

const REGION = /^\d{6}$/;
const LONGEST_MATTER = 100;

/** Who looks after an enterprise, for whoever may know it. */
async function personsOf(
  uscc: string,
  context: Context,
): Promise<{ entries: DirectoryEntryView[]; region: string | null }> {
  const [enterprise] = await context.stores.enterprises.byUscc([uscc], []);
  if (!mayReadRecord(context.actor, uscc, context.financialDepartments))
    throw (context.actor === null ? unauthenticated : forbidden)(said('LOOKED_AFTER_IS_FOR', { uscc }));
  if (enterprise === undefined) throw badUserInput(said('NO_ENTERPRISE_UNDER', { uscc }), ['uscc']);
  const links = await networkOn(uscc, null, context);
  const entries = await Promise.all(
    links.map(async ({ role, officialId, departmentCode }) => ({
      basis: 'LOOKS_AFTER_ENTERPRISE' as const,
      reason: `looks after ${enterprise.name}`,
      role,
      official: officialId === null ? null : await officialWith(uscc, officialId, context),
      departmentCode,
      line: null,
    })),
  );
  return {
    entries: entries.filter(({ departmentCode }) => departmentCode !== ''),
    region: enterprise.region?.code ?? null,
  };
}

/** Who is with a project, and which department leads it. */
async function personsOfProject(id: string, context: Context) {
  const project = await readableProject(id, context);
  if (project === null) throw badUserInput(said('NO_INVESTMENT_PROJECT', { project: id.slice(0, 40) }), ['project']);
  const steward = await officialWith(project.uscc, project.stewardId, context);
  const entries: DirectoryEntryView[] = [
    ...(steward === null
      ? []
      : [
          {
            basis: 'STEWARD_OF_PROJECT' as const,
            reason: `is with the project ${project.name} for its whole life`,
            role: 'STEWARD' as const,
            official: steward,
            departmentCode: steward.departmentCode,
            line: null,
          },
        ]),
    {
      basis: 'LEADS_PROJECT',
      reason: `leads the project ${project.name}`,
      role: null,
      official: null,
      departmentCode: project.leadDepartmentCode,
      line: null,
    },
  ];
  return { entries, uscc: project.uscc, region: project.region.code };
}

/** Whom to call about an enterprise, a project, a district and a matter: persons first, then the city's lines. */
export async function directory(args: QueryWhomToCallArgs, context: Context): Promise<DirectoryEntryView[]> {
  const { loaders, stores } = context;
  const matter = args.matter ?? null;
  if (matter !== null && ([...matter].length > LONGEST_MATTER || matter.trim() === ''))
    throw badUserInput(said('MATTER_OF_OTHER_LENGTH', { length: [...matter].length, most: LONGEST_MATTER }), [
      'matter',
    ]);
  const region = args.region ?? null;
  if (region !== null && !REGION.test(region))
    throw badUserInput(said('REGION_NO_SIX_DIGITS', { value: JSON.stringify(region.slice(0, 40)) }), ['region']);
  const uscc =
    (args.uscc ?? null) === null
      ? null
      : await registeredUsccArgument(
          args.uscc ?? '',
          ['uscc'],
          async (code) => (await loaders.enterprise(code, { fields: [] })) !== undefined,
        );
  const project = (args.project ?? null) === null ? null : await personsOfProject(args.project ?? '', context);
  const about = uscc ?? project?.uscc ?? null;
  const enterprise = about === null ? null : await personsOf(about, context);
  const asked = { region: region ?? project?.region ?? enterprise?.region ?? null, matter };
  const lines = (await stores.directLines.active()).filter((line) => isLineFor(line, asked));
  return [
    ...(project?.entries ?? []),
    ...(enterprise?.entries ?? []),
    ...lines.map((line) => ({
      basis: line.region === null ? ('CITY_LINE' as const) : ('DISTRICT_LINE' as const),
      reason: line.region === null ? 'is for the whole city' : 'is for this district',
      role: null,
      official: null,
      departmentCode: line.departmentCode,
      line,
    })),
  ];
}

export const DirectoryEntry: Pick<DirectoryEntryResolvers, 'department'> = {
  department: async ({ departmentCode }, _args, { loaders }) => requiredDepartment(departmentCode, loaders),
};

export const DirectLine: Pick<DirectLineResolvers, 'region'> = {
  region: async ({ region }, _args, context) => (region === null ? null : (await regionsByCode([region], context))[0]),
};
