import type { CodegenConfig } from '@graphql-codegen/cli';

/** Binds each type of a department's schema to the record that its resolvers pass on; everything else is generated. */
function subgraph(name: string, mappers: Record<string, string>): CodegenConfig['generates'] {
  return {
    [`subgraphs/${name}/src/generated/resolvers-types.ts`]: {
      schema: `subgraphs/${name}/schema.graphql`,
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        contextType: '../context.js#Context',
        mappers,
        enumsAsTypes: true,
        useTypeImports: true,
        emitLegacyCommonJSImports: false,
        strictScalars: true,
        defaultScalarType: 'unknown',
        scalars: { ID: 'string', Date: 'string', DateTime: { input: 'Date', output: 'Date' }, Decimal: 'string', JSON: 'unknown', FactSheet: 'unknown', _FieldSet: 'string' },
        inputMaybeValue: 'T | null | undefined',
        maybeValue: 'T | null | undefined',
        resolversNonOptionalTypename: false,
      },
    },
  };
}

const config: CodegenConfig = {
  generates: {
    ...subgraph('enterprises', {
      Enterprise: '../models/enterprise.js#EnterpriseRecord',
      Department: '../models/department.js#DepartmentRecord',
      Official: '../models/official.js#OfficialRecord',
      Project: '../models/project.js#ProjectRecord',
      FactYear: '../models/fact-year.js#FactYearRecord',
      EnterpriseConnection: '../connections.js#EnterpriseConnectionRows',
      ProjectConnection: '../connections.js#ProjectConnectionRows',
    }),
    ...subgraph('cases', {
      Case: '../models/case.js#CaseRecord',
      CaseConnection: '../connections.js#CaseConnectionRows',
      CaseEvent: '../resolvers/case-event.js#ShownEvent',
      DuplicateHint: '../domain/duplicate.js#DuplicateHint as DuplicateRow',
      Enterprise: '../references.js#EnterpriseRef',
      Department: '../references.js#DepartmentRef',
      Responsibility: '../domain/case-event.js#Responsibility as ResponsibilityLine',
      Scorecard: '../resolvers/scorecard.js#ScorecardOf',
      CommonIssue: '../domain/common-issues.js#IssueCluster',
      Rate: '../domain/statistics.js#Ratio',
      SpotCheck: '../models/spot-check.js#SpotCheckRecord',
      Meeting: '../models/meeting.js#MeetingRecord',
      MeetingDecision: '../models/meeting.js#DecisionRecord',
      TypicalCase: '../models/typical-case.js#TypicalCaseRecord',
      DepartmentPlace: '../domain/ranking.js#RankedDepartment',
      CaseReferral: '../domain/case-view.js#ReferralMark',
    }),
    ...subgraph('policies', {
      Enterprise: '../records.js#EnterpriseRef',
      Department: '../records.js#DepartmentRef',
      Policy: '../policy-shelf.js#ShelfPolicy',
      PolicyVersion: '../models/policy-version.js#PolicyVersionRecord',
      Criterion: '../records.js#CriterionRow',
      CriterionResult: '../records.js#CriterionResultRow',
      Benefit: '../domain/benefit.js#Benefit as BenefitRow',
      BenefitTier: '../records.js#BenefitTierRow',
      PolicyMatch: '../records.js#PolicyMatchRow',
      Grant: '../models/grant.js#GrantRecord',
      GrantEvent: '../models/grant.js#GrantEventRecord',
      Payment: '../models/funds.js#PaymentRecord',
      MatchingRun: '../models/matching-run.js#MatchingRunRecord',
      PolicyConnection: '../records.js#PolicyConnectionRows',
      PolicyMatchConnection: '../records.js#PolicyMatchConnectionRows',
      GrantConnection: '../records.js#GrantConnectionRows',
      EligibleEnterpriseConnection: '../records.js#EligibleEnterpriseConnectionRows',
    }),
    ...subgraph('credit', {
      Enterprise: '../views.js#EnterpriseRef',
      Department: '../views.js#DepartmentRef',
      Project: '../views.js#ProjectRef',
      Commitment: '../views.js#CommitmentView',
      CommitmentConnection: '../views.js#CommitmentConnectionRows',
      AuditedCommitmentConnection: '../views.js#AuditedConnectionRows',
      CommitmentAudit: '../views.js#AuditView',
      CommitmentAuditGroup: '../views.js#AuditGroupView',
      LedgerEntry: '../views.js#LedgerEntryView',
      CreditStanding: '../views.js#StandingView',
      DishonestyRecord: '../views.js#DishonestyRecordView',
      Judgment: '../views.js#JudgmentView',
      Arrear: '../views.js#ArrearView',
      ArrearConnection: '../views.js#ArrearConnectionRows',
      Pledge: '../models/pledge.js#PledgeRecord',
      PledgeConnection: '../views.js#PledgeConnectionRows',
      ApprovalItem: '../views.js#ApprovalItemView',
      ApprovalItemConnection: '../views.js#ApprovalItemConnectionRows',
      DepartmentArrears: '../views.js#DepartmentArrearsView',
    }),
  },
};

export default config;
