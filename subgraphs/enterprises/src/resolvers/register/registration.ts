import { badUserInput, requestedFields } from '@zhitong/kit';
import { dayInShanghai, fenOfYuan, moneyOfFen } from '@zhitong/values';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.js';
import { computedSize, sizeFigures, SIZE_RULE } from '../../domain/register/size-class.js';
import { formerNames, stateOn } from '../../domain/register/registered-state.js';
import { said } from '../../domain/refusal-words.js';
import type {
  CodeConfirmationResolvers,
  ComputedSizeResolvers,
  RegisteredStateResolvers,
} from '../../generated/resolvers-types.js';
import type { EnterpriseRecord } from '../../models/enterprise.js';
import type { ComputedSizeView, RegisteredStateView } from '../../records.js';
import { requiredDepartment } from '../department.js';
import { storedFields } from '../enterprise-fields.js';
import { divisionOfRegion, entryOfIndustry } from './standards.js';

const MOST_BELOW = 200;

/** What is registered as it was known on a day; null before the registration. */
export async function registeredStateOn(
  record: EnterpriseRecord,
  asOf: string | null,
  { loaders, clock }: Pick<Context, 'loaders' | 'clock'>,
): Promise<RegisteredStateView | null> {
  const today = dayInShanghai(clock.now());
  const day = asOf ?? today;
  if (day > today) throw badUserInput(said('ASOF_NOT_COME', { day, today }), ['asOf']);
  const { uscc, name, industry, region, registeredOn, scale = null, status = null } = record;
  if (registeredOn === undefined || day < registeredOn) return null;
  const changes = (await loaders.registerChanges(uscc, null)) ?? [];
  return { ...stateOn({ name, scale, industry, region, status }, changes, day), asOf: day };
}

/** The names that an enterprise had, latest first. */
export async function formerNamesOf(uscc: string, { loaders }: Pick<Context, 'loaders'>) {
  return formerNames((await loaders.registerChanges(uscc, null)) ?? []);
}

/** The size that the newest known figures make; null when the industry is not known. */
export function sizeOf({ industry, latestFacts, scale }: EnterpriseRecord): ComputedSizeView | null {
  if (industry === null) return null;
  const { size, industryRow, figures, missing } = computedSize(industry.code, sizeFigures(latestFacts?.values ?? {}));
  return {
    size,
    rule: SIZE_RULE,
    industryRow,
    missing: missing.map((measure) => MEASURE_NAMES[measure]),
    employees: figures.employees ?? null,
    revenueYuan: figures.revenueYuan ?? null,
    assetsYuan: figures.assetsYuan ?? null,
    agreesWithRegister: size === null || scale === null || scale === undefined ? null : size === scale,
  };
}

export const RegisteredState: RegisteredStateResolvers = {
  industryClass: ({ industry }) => entryOfIndustry(industry),
  administrativeDivision: ({ region }) => divisionOfRegion(region),
};

const MEASURE_NAMES = { employees: 'EMPLOYEES', revenueYuan: 'REVENUE', assetsYuan: 'ASSETS' } as const;

/** The enterprises below one, by code. */
export async function subordinatesOf(uscc: string, { loaders, stores }: Context, info: GraphQLResolveInfo) {
  const below = await stores.relations.below(uscc, MOST_BELOW);
  return withEnterprises(below, ({ uscc: code }) => code, { loaders }, info);
}

/** The enterprises above one, by kind. */
export async function superiorsOf(uscc: string, { loaders, stores }: Context, info: GraphQLResolveInfo) {
  return withEnterprises(await stores.relations.above(uscc), ({ parent }) => parent, { loaders }, info);
}

async function withEnterprises<Relation extends { kind: 'BRANCH' | 'GROUP_MEMBER'; from: string }>(
  relations: readonly Relation[],
  codeOf: (relation: Relation) => string,
  { loaders }: Pick<Context, 'loaders'>,
  info: GraphQLResolveInfo,
) {
  const fields = storedFields(requestedFields(info).get('enterprise'));
  const rows = await Promise.all(
    relations.map(async (relation) => {
      const enterprise = await loaders.enterprise(codeOf(relation), { fields });
      return enterprise === undefined ? [] : [{ kind: relation.kind, from: relation.from, enterprise }];
    }),
  );
  return rows.flat();
}

/** Whole yuan as money; null for none, and for more than one amount can be. */
function money(yuan: number | null) {
  const fen = yuan === null ? null : fenOfYuan(yuan);
  return fen === null ? null : moneyOfFen(fen);
}

export const CodeConfirmation: CodeConfirmationResolvers = {
  department: async ({ departmentCode }, _args, { loaders }) => requiredDepartment(departmentCode, loaders),
  account: ({ by }) => by,
};

export const ComputedSize: ComputedSizeResolvers = {
  revenue: ({ revenueYuan }) => money(revenueYuan),
  assets: ({ assetsYuan }) => money(assetsYuan),
  missing: ({ missing }) => [...missing],
};
