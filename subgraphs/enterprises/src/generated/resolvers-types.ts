import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { EnterpriseRecord } from '../models/enterprise.js';
import type { DepartmentRecord } from '../models/department.js';
import type { OfficialRecord } from '../models/official.js';
import type { ProjectRecord } from '../models/project.js';
import type { FactYearRecord } from '../models/fact-year.js';
import type { EnterpriseConnectionRows, ProjectConnectionRows } from '../connections.js';
import type { Context } from '../context.js';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A calendar day in Asia/Shanghai, YYYY-MM-DD. */
  Date: { input: string; output: string; }
  /** A moment, RFC 3339. */
  DateTime: { input: Date; output: Date; }
  /** A decimal number as a string of digits, without floating-point loss. */
  Decimal: { input: string; output: string; }
  /**
   * What is known about an enterprise for the evaluation of policies, as a JSON object: `asOf` (the day that the yearly figures
   * stand for), `values` (fact name to value, names and units as in the fact vocabulary; a fact that is absent is not known) and
   * `dates` (the day of each fact whose day differs from `asOf`).
   */
  FactSheet: { input: unknown; output: unknown; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
  _FieldSet: { input: string; output: string; }
};

/** Level of government. */
export type AdministrativeLevel =
  /** City (市级). */
  | 'CITY'
  /** County, district or development zone (县区级). */
  | 'COUNTY';

/** A steward to assign. */
export type AssignStewardInput = {
  /** Version of the enterprise's record that the decision rests on. */
  expectedVersion: Scalars['Int']['input'];
  /** Makes a repeat harmless: the same key acts once. 8 to 64 characters. */
  idempotencyKey: Scalars['String']['input'];
  /** Staff number of the official. */
  official: Scalars['ID']['input'];
  /** The enterprise. */
  uscc: Scalars['ID']['input'];
};

/** What came of assigning a steward. */
export type AssignStewardPayload = {
  __typename?: 'AssignStewardPayload';
  /** The enterprise with its steward. */
  enterprise?: Maybe<Enterprise>;
  /** Why nothing changed. */
  refusal?: Maybe<Refusal>;
};

/** Whom to call at an enterprise. */
export type Contact = {
  __typename?: 'Contact';
  /** Address. */
  address: Scalars['String']['output'];
  /** Name. */
  name: Scalars['String']['output'];
  /** Telephone; the middle four digits are hidden from whoever does not need them. */
  telephone: Scalars['String']['output'];
};

/** A currency, ISO 4217. */
export type CurrencyCode =
  /** Renminbi yuan (人民币). */
  | 'CNY';

/** A department of the city (部门). */
export type Department = {
  __typename?: 'Department';
  /** Code, upper-case letters. */
  code: Scalars['ID']['output'];
  /** Coordinates the others on enterprise services (营商环境办公室). */
  isCoordinator: Scalars['Boolean']['output'];
  /** Level of government. */
  level: AdministrativeLevel;
  /** Full name. */
  name: Scalars['String']['output'];
  /** Region that it serves. */
  region: Region;
  /** Short name. */
  shortName: Scalars['String']['output'];
};

/** A market entity (市场主体): an enterprise, an individual business or a farmers' cooperative. Name, USCC, industry and region are public; an enterprise reads the rest of its own record, officials that of all. */
export type Enterprise = {
  __typename?: 'Enterprise';
  /** Whom to call. The telephone number is masked for auditors and machine identities. */
  contact?: Maybe<Contact>;
  /** The facts as recorded year by year, newest first, at most 10. */
  factHistory?: Maybe<Array<FactYear>>;
  /** The same as `facts`, for the policies department alone: null when the caller may not read the enterprise. */
  factSheet?: Maybe<Scalars['FactSheet']['output']>;
  /**
   * What is known for the evaluation of policies. An enterprise reads its own. For an earlier day the figures of the newest year
   * whose day lies on or before it (as corrected since), the titles that were valid on it and the day of registration; null for
   * a day before the registration. Size, industry, district and state of the registration have no history: they are told as
   * recorded now, and `dates` gives them today's day.
   */
  facts?: Maybe<Scalars['FactSheet']['output']>;
  /** Recognised titles (荣誉资质), latest award first. */
  honours?: Maybe<Array<Honour>>;
  /** Main industry, GB/T 4754—2017. */
  industry: Industry;
  /** Stands on a list of enterprises above designated size (规上、限上). */
  isAboveDesignatedSize?: Maybe<Scalars['Boolean']['output']>;
  /** Legal form (组织形式). */
  legalForm?: Maybe<LegalForm>;
  /** Registered name (名称). */
  name: Scalars['String']['output'];
  /** Its investment projects, latest signing first. */
  projects?: Maybe<ProjectConnection>;
  /** District of registration, GB/T 2260. */
  region: Region;
  /** Registered capital (注册资本); null for an individual business. */
  registeredCapital?: Maybe<Money>;
  /** Day of registration (成立日期). */
  registeredOn?: Maybe<Scalars['Date']['output']>;
  /** Size by the national classification of 2017 (国统字〔2017〕213号). */
  scale?: Maybe<EnterpriseScale>;
  /** List of the statistics bureau on which it stands (四上企业类别), for example 规上工业; null below designated size. */
  statisticalCategory?: Maybe<Scalars['String']['output']>;
  /** State of the registration (登记状态). */
  status?: Maybe<RegistrationStatus>;
  /** Official who looks after the enterprise (包联干部); every enterprise above designated size has a steward of its own (项目管家). */
  steward?: Maybe<Official>;
  /** Unified social credit code (统一社会信用代码), GB 32100-2015. */
  uscc: Scalars['ID']['output'];
  /** Version of the record; grows with each change. */
  version?: Maybe<Scalars['Int']['output']>;
};


/** A market entity (市场主体): an enterprise, an individual business or a farmers' cooperative. Name, USCC, industry and region are public; an enterprise reads the rest of its own record, officials that of all. */
export type EnterpriseFactsArgs = {
  asOf?: InputMaybe<Scalars['Date']['input']>;
};


/** A market entity (市场主体): an enterprise, an individual business or a farmers' cooperative. Name, USCC, industry and region are public; an enterprise reads the rest of its own record, officials that of all. */
export type EnterpriseProjectsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of enterprises. */
export type EnterpriseConnection = {
  __typename?: 'EnterpriseConnection';
  /** Entries with their cursors. */
  edges: Array<EnterpriseEdge>;
  /** Entries without cursors. */
  nodes: Array<Enterprise>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** Entries in the whole list. */
  totalCount: Scalars['Int']['output'];
};

/** An enterprise in a list. */
export type EnterpriseEdge = {
  __typename?: 'EnterpriseEdge';
  /** Its cursor. */
  cursor: Scalars['String']['output'];
  /** The enterprise. */
  node: Enterprise;
};

/** Which enterprises. All conditions must hold. */
export type EnterpriseFilter = {
  /** Industry code begins with one of these (GB/T 4754), for example C or C13. */
  industry?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Above designated size or not. */
  isAboveDesignatedSize?: InputMaybe<Scalars['Boolean']['input']>;
  /** District is one of these (GB/T 2260); the city's own code means all its districts. */
  region?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Size is one of these. */
  scale?: InputMaybe<Array<EnterpriseScale>>;
  /** Registration state is one of these. */
  status?: InputMaybe<Array<RegistrationStatus>>;
  /** Steward's staff number. */
  steward?: InputMaybe<Scalars['ID']['input']>;
  /** USCC is one of these, at most 200. */
  uscc?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** Order of enterprises. */
export type EnterpriseOrder = {
  /** In which direction. */
  direction?: OrderDirection;
  /** By what. */
  field: EnterpriseOrderField;
};

/** What enterprises can be ordered by. */
export type EnterpriseOrderField =
  /** Registered name, by code point. */
  | 'NAME'
  /** Unified social credit code. */
  | 'USCC';

/** Size by the national classification of 2017 (统计上大中小微型企业划分办法). */
export type EnterpriseScale =
  /** Large (大型). */
  | 'LARGE'
  /** Medium (中型). */
  | 'MEDIUM'
  /** Micro (微型). */
  | 'MICRO'
  /** Small (小型). */
  | 'SMALL';

/** Facts of one year as recorded. */
export type FactYear = {
  __typename?: 'FactYear';
  /** Day that the figures stand for. */
  asOf: Scalars['Date']['output'];
  /** When this was recorded. */
  recordedAt: Scalars['DateTime']['output'];
  /** Which department recorded it. */
  recordedBy: Department;
  /** Fact name to value. */
  values: Scalars['JSON']['output'];
  /** The year. */
  year: Scalars['Int']['output'];
};

/** A recognised title (荣誉资质). */
export type Honour = {
  __typename?: 'Honour';
  /** Day of the award. */
  awardedOn: Scalars['Date']['output'];
  /** First recognition, as opposed to a renewed one. */
  firstTime: Scalars['Boolean']['output'];
  /** Who recognises it. */
  level: HonourLevel;
  /** Name of the title, for example 国家级专精特新小巨人. */
  title: Scalars['String']['output'];
  /** Last day of validity; null when it has no end. */
  validTo?: Maybe<Scalars['Date']['output']>;
};

/** Level of a recognition. */
export type HonourLevel =
  /** City (市级). */
  | 'CITY'
  /** National (国家级). */
  | 'NATIONAL'
  /** Provincial (省级). */
  | 'PROVINCIAL';

/** An industry of the national economy, GB/T 4754—2017. */
export type Industry = {
  __typename?: 'Industry';
  /** Section letter and two to four digits, for example C1330. */
  code: Scalars['String']['output'];
  /** Name in Chinese. */
  name: Scalars['String']['output'];
};

/** Legal form of a market entity. */
export type LegalForm =
  /** Farmers' cooperative (农民专业合作社). */
  | 'FARMERS_COOPERATIVE'
  /** Individual business (个体工商户). */
  | 'INDIVIDUAL_BUSINESS'
  /** Company limited by shares (股份有限公司). */
  | 'JOINT_STOCK_COMPANY'
  /** Limited liability company (有限责任公司). */
  | 'LIMITED_COMPANY'
  /** Partnership (合伙企业). */
  | 'PARTNERSHIP'
  /** Sole proprietorship (个人独资企业). */
  | 'SOLE_PROPRIETORSHIP';

/** An amount of money. */
export type Money = {
  __typename?: 'Money';
  /** Yuan with two digits behind the point. */
  amount: Scalars['Decimal']['output'];
  /** Always CNY today. */
  currency: CurrencyCode;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Gives an enterprise a steward (项目管家, 服务专员) in place of the present one. For the coordinator. */
  assignSteward?: Maybe<AssignStewardPayload>;
  /** Records facts of one year about an enterprise. What was recorded before stays in the history; the newest record of a year counts. For the departments that keep the figures. */
  recordEnterpriseFacts?: Maybe<RecordEnterpriseFactsPayload>;
};


export type MutationAssignStewardArgs = {
  input: AssignStewardInput;
};


export type MutationRecordEnterpriseFactsArgs = {
  input: RecordEnterpriseFactsInput;
};

/** An official (干部). */
export type Official = {
  __typename?: 'Official';
  /** Department that the official belongs to. */
  department: Department;
  /** Staff number. */
  id: Scalars['ID']['output'];
  /** Name. */
  name: Scalars['String']['output'];
  /** Post (职务). */
  post: Scalars['String']['output'];
  /** Telephone; the middle four digits are hidden from whoever does not need them. */
  telephone: Scalars['String']['output'];
};

/** Direction of an order. */
export type OrderDirection =
  /** Smallest first. */
  | 'ASC'
  /** Largest first. */
  | 'DESC';

/** Where a page stands in its list (Relay). */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last entry of the page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** More entries follow. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Entries come before this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first entry of the page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** An investment project (招商引资项目). */
export type Project = {
  __typename?: 'Project';
  /** Enterprise that invests. */
  enterprise: Enterprise;
  /** Project number, for example XN-2024-0007. */
  id: Scalars['ID']['output'];
  /** Agreed investment. */
  investment: Money;
  /** Department that leads. */
  leadDepartment: Department;
  /** Name. */
  name: Scalars['String']['output'];
  /** District. */
  region: Region;
  /** Day of signing. */
  signedOn: Scalars['Date']['output'];
  /** How far it is. */
  stage: ProjectStage;
  /** Official who is with it for its whole life (项目管家). */
  steward?: Maybe<Official>;
  /** Signed on the city's platform or one of the key projects. */
  track: ProjectTrack;
};

/** A page of projects. */
export type ProjectConnection = {
  __typename?: 'ProjectConnection';
  /** Entries with their cursors. */
  edges: Array<ProjectEdge>;
  /** Entries without cursors. */
  nodes: Array<Project>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** Entries in the whole list. */
  totalCount: Scalars['Int']['output'];
};

/** A project in a list. */
export type ProjectEdge = {
  __typename?: 'ProjectEdge';
  /** Its cursor. */
  cursor: Scalars['String']['output'];
  /** The project. */
  node: Project;
};

/** Which projects. All conditions must hold. */
export type ProjectFilter = {
  /** Department that leads. */
  leadDepartment?: InputMaybe<Scalars['ID']['input']>;
  /** District, GB/T 2260. */
  region?: InputMaybe<Scalars['String']['input']>;
  /** Stage is one of these. */
  stage?: InputMaybe<Array<ProjectStage>>;
  /** Track. */
  track?: InputMaybe<ProjectTrack>;
  /** Enterprise that invests. */
  uscc?: InputMaybe<Scalars['ID']['input']>;
};

/** How far a project is. */
export type ProjectStage =
  /** In production (已投产). */
  | 'IN_PRODUCTION'
  /** Signed (已签约). */
  | 'SIGNED'
  /** Started (已开工). */
  | 'STARTED'
  /** Terminated (已终止). */
  | 'TERMINATED'
  /** Under construction (在建). */
  | 'UNDER_CONSTRUCTION';

/** How a project is followed. */
export type ProjectTrack =
  /** Key project (重点项目). */
  | 'KEY'
  /** Signed on the city's investment platform (平台签约项目). */
  | 'PLATFORM';

export type Query = {
  __typename?: 'Query';
  /** One department by its code; null when there is none. */
  department?: Maybe<Department>;
  /** All departments of the city, by code. */
  departments: Array<Department>;
  /** One enterprise by its unified social credit code; null when none is registered under it. An invalid code is BAD_USER_INPUT with the rule that failed. */
  enterprise?: Maybe<Enterprise>;
  /** Registered enterprises, in a stable order. Filters other than region and industry need a role that may read what they filter by. */
  enterprises: EnterpriseConnection;
  /** One investment project by its number; null when there is none. */
  project?: Maybe<Project>;
  /** Investment projects, latest signing first. */
  projects: ProjectConnection;
  /** Enterprises by a part of the name (two characters or more), pinyin initials, or the beginning of the USCC; short names first. */
  searchEnterprises: EnterpriseConnection;
};


export type QueryDepartmentArgs = {
  code: Scalars['ID']['input'];
};


export type QueryDepartmentsArgs = {
  level?: InputMaybe<AdministrativeLevel>;
};


export type QueryEnterpriseArgs = {
  uscc: Scalars['ID']['input'];
};


export type QueryEnterprisesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EnterpriseFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<EnterpriseOrder>;
};


export type QueryProjectArgs = {
  id: Scalars['ID']['input'];
};


export type QueryProjectsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ProjectFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerySearchEnterprisesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  text: Scalars['String']['input'];
};

/** Facts to record. */
export type RecordEnterpriseFactsInput = {
  /** Makes a repeat harmless: the same key acts once. 8 to 64 characters. */
  idempotencyKey: Scalars['String']['input'];
  /** The enterprise. */
  uscc: Scalars['ID']['input'];
  /** Fact name to value; a null withdraws the fact. Names and types as in the vocabulary. */
  values: Scalars['JSON']['input'];
  /** Year of the figures, not after the present one. */
  year: Scalars['Int']['input'];
};

/** What came of recording facts. */
export type RecordEnterpriseFactsPayload = {
  __typename?: 'RecordEnterpriseFactsPayload';
  /** The enterprise with its new facts. */
  enterprise?: Maybe<Enterprise>;
  /** Why nothing was recorded. */
  refusal?: Maybe<Refusal>;
};

/** Why a mutation was refused, in a form that its user can act on. */
export type Refusal = {
  __typename?: 'Refusal';
  /** What kind of refusal it is. */
  code: RefusalCode;
  /** Figures to act on, by code: the legal moves, the current version, what is left of a budget. */
  details?: Maybe<Scalars['JSON']['output']>;
  /** What is wrong and what would be accepted, in words. */
  message: Scalars['String']['output'];
  /** Path of the argument that is refused, from the mutation's input on; empty when it is the whole. */
  path: Array<Scalars['String']['output']>;
};

/** Kinds of refusal. */
export type RefusalCode =
  /** The money that may be spent is spent. */
  | 'BUDGET_EXHAUSTED'
  /** The move is not possible now; details name what is. */
  | 'CONFLICT'
  /** The same thing is there already. */
  | 'DUPLICATE'
  /** The thing's state does not allow it. */
  | 'ILLEGAL_STATE'
  /** A value cannot be accepted; the message says which and why. */
  | 'INVALID'
  /** The enterprise does not meet the conditions. */
  | 'NOT_ELIGIBLE'
  /** Somebody else wrote in between; details hold the current version. */
  | 'STALE_VERSION';

/** An administrative region, GB/T 2260. */
export type Region = {
  __typename?: 'Region';
  /** Six digits. */
  code: Scalars['String']['output'];
  /** Name in Chinese. */
  name: Scalars['String']['output'];
};

/** State of a registration. */
export type RegistrationStatus =
  /** Listed for abnormal operation (经营异常名录). */
  | 'ABNORMAL_LISTED'
  /** Deregistered (已注销). */
  | 'DEREGISTERED'
  /** In operation (存续). */
  | 'IN_OPERATION';

/** What a caller may be (角色). */
export type Role =
  /** Operates the hub: import, schema publication, keys. */
  | 'ADMIN'
  /** Audit and discipline inspection (审计、纪检). */
  | 'AUDITOR'
  /** The business-environment office (营商办). */
  | 'COORDINATOR'
  /** The contact of one enterprise (企业联系人); the token names its USCC. */
  | 'ENTERPRISE'
  /** An official of one department (经办人); the token names the department. */
  | 'OFFICER'
  /** A department's machine identity. */
  | 'SERVICE';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Department: Department;
  Enterprise: Enterprise;
  Project: Project;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Department:
    ( { __typename: 'Department' }
    & GraphQLRecursivePick<FederationTypes['Department'], {"code":true}> );
  Enterprise:
    ( { __typename: 'Enterprise' }
    & GraphQLRecursivePick<FederationTypes['Enterprise'], {"uscc":true}> );
  Project:
    ( { __typename: 'Project' }
    & GraphQLRecursivePick<FederationTypes['Project'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AdministrativeLevel: AdministrativeLevel;
  AssignStewardInput: AssignStewardInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AssignStewardPayload: ResolverTypeWrapper<Omit<AssignStewardPayload, 'enterprise'> & { enterprise?: Maybe<ResolversTypes['Enterprise']> }>;
  Contact: ResolverTypeWrapper<Contact>;
  CurrencyCode: CurrencyCode;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Department: ResolverTypeWrapper<DepartmentRecord>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Enterprise: ResolverTypeWrapper<EnterpriseRecord>;
  EnterpriseConnection: ResolverTypeWrapper<EnterpriseConnectionRows>;
  EnterpriseEdge: ResolverTypeWrapper<Omit<EnterpriseEdge, 'node'> & { node: ResolversTypes['Enterprise'] }>;
  EnterpriseFilter: EnterpriseFilter;
  EnterpriseOrder: EnterpriseOrder;
  EnterpriseOrderField: EnterpriseOrderField;
  EnterpriseScale: EnterpriseScale;
  FactSheet: ResolverTypeWrapper<Scalars['FactSheet']['output']>;
  FactYear: ResolverTypeWrapper<FactYearRecord>;
  Honour: ResolverTypeWrapper<Honour>;
  HonourLevel: HonourLevel;
  Industry: ResolverTypeWrapper<Industry>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  LegalForm: LegalForm;
  Money: ResolverTypeWrapper<Money>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Official: ResolverTypeWrapper<OfficialRecord>;
  OrderDirection: OrderDirection;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Project: ResolverTypeWrapper<ProjectRecord>;
  ProjectConnection: ResolverTypeWrapper<ProjectConnectionRows>;
  ProjectEdge: ResolverTypeWrapper<Omit<ProjectEdge, 'node'> & { node: ResolversTypes['Project'] }>;
  ProjectFilter: ProjectFilter;
  ProjectStage: ProjectStage;
  ProjectTrack: ProjectTrack;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecordEnterpriseFactsInput: RecordEnterpriseFactsInput;
  RecordEnterpriseFactsPayload: ResolverTypeWrapper<Omit<RecordEnterpriseFactsPayload, 'enterprise'> & { enterprise?: Maybe<ResolversTypes['Enterprise']> }>;
  Refusal: ResolverTypeWrapper<Refusal>;
  RefusalCode: RefusalCode;
  Region: ResolverTypeWrapper<Region>;
  RegistrationStatus: RegistrationStatus;
  Role: Role;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AssignStewardInput: AssignStewardInput;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  AssignStewardPayload: Omit<AssignStewardPayload, 'enterprise'> & { enterprise?: Maybe<ResolversParentTypes['Enterprise']> };
  Contact: Contact;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Department: DepartmentRecord;
  Boolean: Scalars['Boolean']['output'];
  Enterprise: EnterpriseRecord;
  EnterpriseConnection: EnterpriseConnectionRows;
  EnterpriseEdge: Omit<EnterpriseEdge, 'node'> & { node: ResolversParentTypes['Enterprise'] };
  EnterpriseFilter: EnterpriseFilter;
  EnterpriseOrder: EnterpriseOrder;
  FactSheet: Scalars['FactSheet']['output'];
  FactYear: FactYearRecord;
  Honour: Honour;
  Industry: Industry;
  JSON: Scalars['JSON']['output'];
  Money: Money;
  Mutation: Record<PropertyKey, never>;
  Official: OfficialRecord;
  PageInfo: PageInfo;
  Project: ProjectRecord;
  ProjectConnection: ProjectConnectionRows;
  ProjectEdge: Omit<ProjectEdge, 'node'> & { node: ResolversParentTypes['Project'] };
  ProjectFilter: ProjectFilter;
  Query: Record<PropertyKey, never>;
  RecordEnterpriseFactsInput: RecordEnterpriseFactsInput;
  RecordEnterpriseFactsPayload: Omit<RecordEnterpriseFactsPayload, 'enterprise'> & { enterprise?: Maybe<ResolversParentTypes['Enterprise']> };
  Refusal: Refusal;
  Region: Region;
};

export type AccessDirectiveArgs = {
  roles: Array<Role>;
};

export type AccessDirectiveResolver<Result, Parent, ContextType = Context, Args = AccessDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AssignStewardPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssignStewardPayload'] = ResolversParentTypes['AssignStewardPayload']> = {
  enterprise?: Resolver<Maybe<ResolversTypes['Enterprise']>, ParentType, ContextType>;
  refusal?: Resolver<Maybe<ResolversTypes['Refusal']>, ParentType, ContextType>;
};

export type ContactResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Contact'] = ResolversParentTypes['Contact']> = {
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  telephone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DepartmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Department'] = ResolversParentTypes['Department'], FederationReferenceType extends FederationReferenceTypes['Department'] = FederationReferenceTypes['Department']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Department']> | FederationReferenceType, FederationReferenceType, ContextType>;
  code?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isCoordinator?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['AdministrativeLevel'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['Region'], ParentType, ContextType>;
  shortName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EnterpriseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Enterprise'] = ResolversParentTypes['Enterprise'], FederationReferenceType extends FederationReferenceTypes['Enterprise'] = FederationReferenceTypes['Enterprise']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Enterprise']> | FederationReferenceType, FederationReferenceType, ContextType>;
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType>;
  factHistory?: Resolver<Maybe<Array<ResolversTypes['FactYear']>>, ParentType, ContextType>;
  factSheet?: Resolver<Maybe<ResolversTypes['FactSheet']>, ParentType, ContextType>;
  facts?: Resolver<Maybe<ResolversTypes['FactSheet']>, ParentType, ContextType, Partial<EnterpriseFactsArgs>>;
  honours?: Resolver<Maybe<Array<ResolversTypes['Honour']>>, ParentType, ContextType>;
  industry?: Resolver<ResolversTypes['Industry'], ParentType, ContextType>;
  isAboveDesignatedSize?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  legalForm?: Resolver<Maybe<ResolversTypes['LegalForm']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  projects?: Resolver<Maybe<ResolversTypes['ProjectConnection']>, ParentType, ContextType, Partial<EnterpriseProjectsArgs>>;
  region?: Resolver<ResolversTypes['Region'], ParentType, ContextType>;
  registeredCapital?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  registeredOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  scale?: Resolver<Maybe<ResolversTypes['EnterpriseScale']>, ParentType, ContextType>;
  statisticalCategory?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['RegistrationStatus']>, ParentType, ContextType>;
  steward?: Resolver<Maybe<ResolversTypes['Official']>, ParentType, ContextType>;
  uscc?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type EnterpriseConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EnterpriseConnection'] = ResolversParentTypes['EnterpriseConnection']> = {
  edges?: Resolver<Array<ResolversTypes['EnterpriseEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Enterprise']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EnterpriseEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EnterpriseEdge'] = ResolversParentTypes['EnterpriseEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Enterprise'], ParentType, ContextType>;
};

export interface FactSheetScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['FactSheet'], any> {
  name: 'FactSheet';
}

export type FactYearResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FactYear'] = ResolversParentTypes['FactYear']> = {
  asOf?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordedBy?: Resolver<ResolversTypes['Department'], ParentType, ContextType>;
  values?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  year?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type HonourResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Honour'] = ResolversParentTypes['Honour']> = {
  awardedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  firstTime?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['HonourLevel'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  validTo?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type IndustryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Industry'] = ResolversParentTypes['Industry']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  assignSteward?: Resolver<Maybe<ResolversTypes['AssignStewardPayload']>, ParentType, ContextType, RequireFields<MutationAssignStewardArgs, 'input'>>;
  recordEnterpriseFacts?: Resolver<Maybe<ResolversTypes['RecordEnterpriseFactsPayload']>, ParentType, ContextType, RequireFields<MutationRecordEnterpriseFactsArgs, 'input'>>;
};

export type OfficialResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Official'] = ResolversParentTypes['Official']> = {
  department?: Resolver<ResolversTypes['Department'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  post?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  telephone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProjectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Project'] = ResolversParentTypes['Project'], FederationReferenceType extends FederationReferenceTypes['Project'] = FederationReferenceTypes['Project']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Project']> | FederationReferenceType, FederationReferenceType, ContextType>;
  enterprise?: Resolver<ResolversTypes['Enterprise'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  investment?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  leadDepartment?: Resolver<ResolversTypes['Department'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['Region'], ParentType, ContextType>;
  signedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  stage?: Resolver<ResolversTypes['ProjectStage'], ParentType, ContextType>;
  steward?: Resolver<Maybe<ResolversTypes['Official']>, ParentType, ContextType>;
  track?: Resolver<ResolversTypes['ProjectTrack'], ParentType, ContextType>;
};

export type ProjectConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProjectConnection'] = ResolversParentTypes['ProjectConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ProjectEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Project']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProjectEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProjectEdge'] = ResolversParentTypes['ProjectEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Project'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType, RequireFields<QueryDepartmentArgs, 'code'>>;
  departments?: Resolver<Array<ResolversTypes['Department']>, ParentType, ContextType, Partial<QueryDepartmentsArgs>>;
  enterprise?: Resolver<Maybe<ResolversTypes['Enterprise']>, ParentType, ContextType, RequireFields<QueryEnterpriseArgs, 'uscc'>>;
  enterprises?: Resolver<ResolversTypes['EnterpriseConnection'], ParentType, ContextType, Partial<QueryEnterprisesArgs>>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType, RequireFields<QueryProjectArgs, 'id'>>;
  projects?: Resolver<ResolversTypes['ProjectConnection'], ParentType, ContextType, Partial<QueryProjectsArgs>>;
  searchEnterprises?: Resolver<ResolversTypes['EnterpriseConnection'], ParentType, ContextType, RequireFields<QuerySearchEnterprisesArgs, 'text'>>;
};

export type RecordEnterpriseFactsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordEnterpriseFactsPayload'] = ResolversParentTypes['RecordEnterpriseFactsPayload']> = {
  enterprise?: Resolver<Maybe<ResolversTypes['Enterprise']>, ParentType, ContextType>;
  refusal?: Resolver<Maybe<ResolversTypes['Refusal']>, ParentType, ContextType>;
};

export type RefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  code?: Resolver<ResolversTypes['RefusalCode'], ParentType, ContextType>;
  details?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RegionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Region'] = ResolversParentTypes['Region']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AssignStewardPayload?: AssignStewardPayloadResolvers<ContextType>;
  Contact?: ContactResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Department?: DepartmentResolvers<ContextType>;
  Enterprise?: EnterpriseResolvers<ContextType>;
  EnterpriseConnection?: EnterpriseConnectionResolvers<ContextType>;
  EnterpriseEdge?: EnterpriseEdgeResolvers<ContextType>;
  FactSheet?: GraphQLScalarType;
  FactYear?: FactYearResolvers<ContextType>;
  Honour?: HonourResolvers<ContextType>;
  Industry?: IndustryResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Official?: OfficialResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Project?: ProjectResolvers<ContextType>;
  ProjectConnection?: ProjectConnectionResolvers<ContextType>;
  ProjectEdge?: ProjectEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RecordEnterpriseFactsPayload?: RecordEnterpriseFactsPayloadResolvers<ContextType>;
  Refusal?: RefusalResolvers<ContextType>;
  Region?: RegionResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  access?: AccessDirectiveResolver<any, any, ContextType>;
};
