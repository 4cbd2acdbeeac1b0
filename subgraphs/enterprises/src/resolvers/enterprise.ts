import { naturalKey, originView } from '@zhitong/connect';
import {
  badUserInput,
  connectionOf,
  forbidden,
  parsePage,
  requestedFields,
  requestedNodeFields,
  type Actor,
} from '@zhitong/kit';
import { maskName, maskTelephone, requirePurpose, requirePurposeOfMachine } from '@zhitong/kit/personal-data';
import { checkUscc, dayInShanghai, moneyOfFen, yearOf } from '@zhitong/values';
import {
  contactSight,
  contactSightOfOfficer,
  mayReadEnterprise,
  mayReadIdentifyingWords,
  mayReadRecord,
  namesOfficialsOf,
  type ContactSight,
} from '../domain/access.js';
import {
  factSheet,
  registerFacts,
  withoutDaysToCome,
  type FactSheet,
  type RegisterFacts,
} from '../domain/fact-sheet.js';
import { sheetOfEarlierDay } from '../domain/facts-on-day.js';
import { figuresOf } from '../domain/figures.js';
import { revenueOf, serviceClass, serviceTeam } from '../domain/service-network/service-class.js';
import { knownOn, stateOn } from '../domain/register/registered-state.js';
import { factsVersions, versionOn } from '../domain/facts-version.js';
import { said } from '../domain/refusal-words.js';
import type { Context } from '../context.js';
import type { EnterpriseResolvers } from '../generated/resolvers-types.js';
import type { EnterpriseRecord } from '../models/enterprise.js';
import { SHEET_FIELDS, storedFields } from './enterprise-fields.js';
import { assignableRoles } from '../domain/service-network/roles.js';
import { networkHistory, networkOn } from './network/service-link.js';
import { officialWith } from './official.js';
import { formerNamesOf, registeredStateOn, sizeOf, subordinatesOf, superiorsOf } from './register/registration.js';
import { divisionOfRegion, entryOfIndustry } from './register/standards.js';
import { monthsArgument } from './inspections/labour.js';
import { visitsTo } from './visits/visit.js';
import { PROJECT_ORDER } from './project.js';

/** Fields of an imported enterprise that make its contact. */
const CONTACT_FIELDS: ReadonlySet<string> = new Set(['contactName', 'contactTelephone', 'contactAddress']);

/** Who reads what leads to an enterprise in a text. */
const WHO_MASKS = {
  en: 'the machine identity of the office that handles appeals, for a purpose',
  zh: '办理诉求部门的系统身份（须写明用途）',
};

/** Lets the enterprise itself and officials of the government pass. */
function whole({ actor, financialDepartments }: Context, { uscc }: EnterpriseRecord): void {
  if (!mayReadRecord(actor, uscc, financialDepartments)) throw forbidden(said('RECORD_IS_FOR', { uscc }));
}

/** Lets the enterprise itself and officials pass. */
function own(actor: Actor | null, { uscc }: EnterpriseRecord): void {
  if (!mayReadEnterprise(actor, uscc)) throw forbidden(said('RECORD_IS_FOR_OFFICIALS', { uscc }));
}

/** A field of the record that is not public. */
function guarded<Value>(read: (record: EnterpriseRecord) => Value) {
  return (record: EnterpriseRecord, _args: unknown, { actor }: { actor: Actor | null }): Value => {
    own(actor, record);
    return read(record);
  };
}

/** What a sheet is made of; a record that was read without it is a fault of `storedFields`. */
function registered({
  legalForm,
  scale,
  industry,
  region,
  registeredOn,
  status,
  honours,
}: EnterpriseRecord): RegisterFacts {
  if (
    legalForm === undefined ||
    scale === undefined ||
    registeredOn === undefined ||
    status === undefined ||
    honours === undefined
  )
    throw new Error('A fact sheet was asked for without the fields that it is made of.');
  return registerFacts({ legalForm, scale, industry, region, registeredOn, status, honours });
}

const sheetOf = (record: EnterpriseRecord, today: string): FactSheet =>
  withoutDaysToCome(factSheet(registered(record), record.latestFacts ?? undefined, today), today);

/**
 * The version of the facts of a record that an earlier release wrote; from the record itself where its facts were read
 * with it, so that both are of one moment.
 */
async function versionOfOldRecord(
  record: EnterpriseRecord,
  today: string,
  { loaders }: Context,
): Promise<string | null> {
  const whole =
    record.latestFacts === undefined ? await loaders.enterprise(record.uscc, { fields: SHEET_FIELDS }) : record;
  return whole === undefined
    ? null
    : versionOn(factsVersions(registered(whole), whole.latestFacts ?? undefined), today);
}

/** The sheet of an earlier day; null for one before the registration. */
async function sheetOn(record: EnterpriseRecord, { day, today }: { day: string; today: string }, { loaders }: Context) {
  if (day > today) throw badUserInput(said('ASOF_NOT_COME', { day, today }), ['asOf']);
  if (record.registeredOn === undefined || record.registeredOn > day) return null;
  const [years, changes] = await Promise.all([
    loaders.newestYearsOn(record.uscc, { day }),
    loaders.registerChanges(record.uscc, null),
  ]);
  const { name, industry, region, scale = null, status = null } = record;
  const then = stateOn({ name, industry, region, scale, status }, changes ?? [], day);
  const sheet = sheetOf({ ...record, ...then, latestFacts: figuresOf(years ?? []) }, day);
  return sheetOfEarlierDay(sheet, today, knownOn(changes ?? [], day));
}

/** How the caller sees the contact by what the caller is. */
const sightByRole = async (record: EnterpriseRecord, context: Context): Promise<ContactSight> =>
  contactSight(context.actor, record.uscc) ??
  contactSightOfOfficer(context.actor, await concernedWith(record, context.loaders), context.financialDepartments);

/** How the caller sees the contact. @throws GraphQLError FORBIDDEN without a purpose that is needed */
async function sightOfContact(record: EnterpriseRecord, context: Context): Promise<'CLEAR' | 'MASKED'> {
  const sight = await sightByRole(record, context);
  if (sight !== 'PURPOSE') return sight;
  await requirePurpose(context, {
    about: record.uscc,
    datum: 'Enterprise.contact',
    readers: {
      en: 'the enterprise itself, the departments of its steward and of the leaders of its projects, coordinator and auditor',
      zh: '该企业、其项目管家和项目包联领导所在单位、营商办和审计人员',
    },
  });
  return 'CLEAR';
}

/** Departments that look after an enterprise or lead a project of it. */
async function concernedWith(
  { uscc, stewardId }: EnterpriseRecord,
  { official, projectLeaders }: Context['loaders'],
): Promise<string[]> {
  const [steward, leaders = []] = await Promise.all([
    stewardId === undefined || stewardId === null ? null : official.load(stewardId),
    projectLeaders(uscc, null),
  ]);
  return steward === null ? leaders : [steward.departmentCode, ...leaders];
}

export const Enterprise: EnterpriseResolvers = {
  __resolveReference: async ({ uscc }, { loaders }, info) =>
    (await loaders.enterprise(uscc, { fields: storedFields(requestedFields(info)) })) ?? null,
  hasIrregularCode: ({ uscc }) => !checkUscc(uscc).ok,
  codeConfirmation: async (record, _args, context) => {
    whole(context, record);
    return checkUscc(record.uscc).ok ? null : context.loaders.codeConfirmation.load(record.uscc);
  },
  industryClass: ({ industry }) => entryOfIndustry(industry),
  administrativeDivision: ({ region }) => divisionOfRegion(region),
  shortName: guarded(({ shortName }) => shortName ?? null),
  formerNames: async (record, _args, context) => {
    own(context.actor, record);
    return formerNamesOf(record.uscc, context);
  },
  registeredState: async (record, { asOf }, context) => {
    own(context.actor, record);
    return registeredStateOn(record, asOf ?? null, context);
  },
  superiors: async (record, _args, context, info) => {
    own(context.actor, record);
    return superiorsOf(record.uscc, context, info);
  },
  subordinates: async (record, _args, context, info) => {
    own(context.actor, record);
    return subordinatesOf(record.uscc, context, info);
  },
  predecessors: guarded(({ predecessors }) => predecessors),
  computedSize: (record, _args, context) => {
    whole(context, record);
    return sizeOf(record);
  },
  legalForm: guarded(({ legalForm }) => legalForm),
  scale: guarded(({ scale }) => scale),
  registeredOn: guarded(({ registeredOn }) => registeredOn),
  status: guarded(({ status }) => status),
  registeredCapital: guarded(({ registeredCapitalFen, legalForm }) =>
    registeredCapitalFen === undefined || registeredCapitalFen === null || legalForm === 'INDIVIDUAL_BUSINESS'
      ? null
      : moneyOfFen(registeredCapitalFen),
  ),
  statisticalCategory: guarded(({ statisticalCategory }) => statisticalCategory),
  isAboveDesignatedSize: guarded(({ statisticalCategory }) => statisticalCategory !== null),
  honours: guarded(({ honours }) => honours?.toSorted((a, b) => b.awardedOn.localeCompare(a.awardedOn))),
  contact: async (record, _args, context) => {
    own(context.actor, record);
    const sight = await sightOfContact(record, context);
    const { name, telephone, address } = record.contact ?? {};
    if (!name || !telephone || !address) return null;
    return sight === 'CLEAR'
      ? { name, telephone, address }
      : { name: maskName(name), telephone: maskTelephone(telephone), address };
  },
  identifyingWords: ({ uscc, contact }, _args, context) => {
    const { departments, services } = context.maskers;
    if (!mayReadIdentifyingWords(context.actor, context.maskers))
      throw forbidden(
        said('IDENTIFYING_WORDS_ARE_FOR', {
          uscc,
          departments: departments.join(', '),
          services: services.join(', '),
        }),
      );
    requirePurposeOfMachine(context, { about: uscc, datum: 'Enterprise.identifyingWords', readers: WHO_MASKS });
    const given = (word: string | null | undefined): string[] => (word ? [word] : []);
    return {
      persons: given(contact?.name),
      telephones: given(contact?.telephone),
      addresses: given(contact?.address),
    };
  },
  steward: async (record, _args, context) => {
    whole(context, record);
    const { uscc, stewardId } = record;
    return stewardId === undefined || stewardId === null ? null : officialWith(uscc, stewardId, context);
  },
  serviceClass: (record, _args, context) => {
    whole(context, record);
    const { statisticalCategory = null, latestFacts } = record;
    return serviceClass({ statisticalCategory, revenueYuan: revenueOf(latestFacts?.values) });
  },
  serviceTeam: (record, _args, context) => {
    whole(context, record);
    return serviceTeam(record.industry?.code ?? null);
  },
  serviceNetwork: async (record, { asOf }, context) => {
    whole(context, record);
    return networkOn(record.uscc, asOf ?? null, context);
  },
  serviceHistory: async (record, _args, context) => {
    whole(context, record);
    return networkHistory(record.uscc, context);
  },
  assignableRoles: (record, _args, context) => {
    whole(context, record);
    const within = namesOfficialsOf(context.actor, context.financialDepartments);
    return within === undefined ? [] : assignableRoles(within, record.status ?? null);
  },
  inspectionCount: async (record, args, context) => {
    whole(context, record);
    const year = args.year ?? yearOf(dayInShanghai(context.clock.now()));
    const [counted] = await context.stores.inspections.frequency({ year, usccs: [record.uscc] }, 1);
    return counted ?? { uscc: record.uscc, year, count: 0, departments: 0, flagged: 0 };
  },
  labourReports: async (record, { months }, context) => {
    whole(context, record);
    return context.stores.labour.series(record.uscc, monthsArgument(months));
  },
  lastVisitedOn: (record, _args, context) => {
    whole(context, record);
    return record.lastVisitedOn ?? null;
  },
  visits: async (record, args, context, info) => {
    whole(context, record);
    return visitsTo(record.uscc, args, context, requestedFields(info));
  },
  facts: (record, { asOf }, context) => {
    whole(context, record);
    const today = dayInShanghai(context.clock.now());
    return asOf === null || asOf === undefined || asOf === today
      ? sheetOf(record, today)
      : sheetOn(record, { day: asOf, today }, context);
  },
  // Policies refuses with an error of its own; here the version is simply null.
  factsVersion: (record, _args, context) => {
    if (!mayReadRecord(context.actor, record.uscc, context.financialDepartments)) return null;
    const today = dayInShanghai(context.clock.now());
    return record.factsVersions === undefined
      ? versionOfOldRecord(record, today, context)
      : versionOn(record.factsVersions, today);
  },
  factHistory: async (record, _args, context) => {
    whole(context, record);
    return (await context.loaders.factHistory(record.uscc, null)) ?? [];
  },
  provenance: async (record, _args, context) => {
    own(context.actor, record);
    const origins = (await context.loaders.origins(record.uscc, null)) ?? [];
    const isOfContact = ({ field }: { field: string }): boolean => CONTACT_FIELDS.has(field);
    const hidesContact = origins.some(isOfContact) && (await sightByRole(record, context)) === 'PURPOSE';
    const titles = await Promise.all(
      (record.honours ?? []).map(async ({ title, awardedOn }) => {
        const told = await context.loaders.titleOrigins(naturalKey([record.uscc, title, awardedOn]) ?? '', null);
        return (told ?? []).flatMap((origin) => (origin.field === 'title' ? [{ ...origin, field: 'honours' }] : []));
      }),
    );
    return [...origins.filter((origin) => !hidesContact || !isOfContact(origin)), ...titles.flat()].map(originView);
  },
  projects: async (record, args, context, info) => {
    whole(context, record);
    const page = parsePage(args, { list: 'enterprise.projects', keys: PROJECT_ORDER.length });
    const wanted =
      requestedNodeFields(requestedFields(info)) === undefined
        ? {}
        : { limit: page.limit, position: page.position, backwards: page.backwards };
    const found = await context.loaders.projectsOfEnterprise(record.uscc, wanted);
    return connectionOf({ rows: found?.rows ?? [], page, sort: PROJECT_ORDER, totalCount: found?.totalCount ?? 0 });
  },
};
