import type { VocabularyRow } from './facts.js';

const HR = '人社局';
const STATS = '统计局';
const TAX = '税务局';
const MARKET = '市场监管局';
const INDUSTRY = '经信局';
const CREDIT = '信用办';
const COMMERCE = '商务局';
const CUSTOMS = '海关';
const BANK = '放贷银行';
const DERIVED = '平台推算';

const HONOURS = [
  '国家级专精特新小巨人', '国家级制造业单项冠军', '省级专精特新', '高新技术企业', '国家级绿色工厂', '五星级饭店', '四星级饭店', '国家企业技术中心',
  '省级企业技术中心', '省级专精特新小巨人', '省级绿色工厂', '市级绿色工厂', '市级企业技术中心', '省级智能车间', '省级智能工厂', '省级智能制造标杆',
  '国家级智能制造应用场景', '国家级智能制造示范工厂', '单项冠军产品', '中国质量奖', '中国质量奖提名奖', '浙江省政府质量奖', '省政府质量管理创新奖',
  '温州市市长质量奖', '温州市质量管理创新奖', '泰顺县县长质量奖', '5A景区', '4A景区', '3A景区', '三星级饭店', '市级专精特新', '省级专精特新示范',
  '国家技术创新示范企业', '全国工业企业质量标杆', '省级工业企业质量标杆', '省级绿色制造示范', '隐形冠军', '科技小巨人', '国家级双创示范基地',
  '省级双创示范基地', '5A级物流企业', '4A级物流企业', '国家级示范农民合作社或家庭农场', '深圳工业百强', '科技型中小企业', '雏鹰企业', '瞪羚企业',
  '国家级制造业创新中心',
];

const SCALES = ['large', 'medium', 'small', 'micro', 'individual'];
const STAT_CATEGORIES = ['规上工业', '规上服务业', '限上批发', '限上商贸', '建筑业', '房地产', '大个体'];
const INDUSTRY_GROUPS = ['餐饮', '零售', '旅游', '民航', '公路水路铁路运输', '住宿', '新能源', '营利性服务业'];

/**
 * The facts that 109 collected real policies ask for, with the authority whose record counts. Scale follows 工信部联企业
 * 〔2011〕300号, industries GB/T 4754—2017, regions GB/T 2260. A fact that no authority reports stays unknown.
 */
export const VOCABULARY_ROWS: readonly VocabularyRow[] = [
  ['honours', 'TITLES', '', '荣誉称号', 'Recognised titles held', '认定部门名单', { values: HONOURS }],
  ['honourFirstTime', 'BOOLEAN', '', '首次认定', 'The newest title is a first recognition, not a renewed one', '认定部门'],
  ['scale', 'ENUM', '', '企业划型', 'Size class; individual is a sole trader [个体工商户]', STATS, { values: SCALES }],
  ['industryCode', 'CODE', '', '行业代码', 'Industry, section letter and digits', MARKET, { hierarchy: 'INDUSTRY' }],
  ['industryGroup', 'TEXT', '', '行业类别', 'Industry named in words where the source gives no code', DERIVED, { values: INDUSTRY_GROUPS }],
  ['sector', 'ENUM', '', '产业', 'Coarse sector', DERIVED, { values: ['工业', '服务业', '农业', '建筑业'] }],
  ['registeredRegion', 'CODE', '', '注册地', 'Region of registration', MARKET, { hierarchy: 'REGION' }],
  ['registeredProvince', 'CODE', '', '注册省份', 'Province of registration', MARKET, { hierarchy: 'REGION' }],
  ['regionGroup', 'TEXT', '', '区域类别', 'Region group that one policy defines', DERIVED, { values: ['珠三角', '粤东西北'] }],
  ['registeredOn', 'DATE', '', '成立日期', 'Day of registration', MARKET],
  ['entityType', 'TEXT', '', '单位类型', 'Kind of body', MARKET, { values: ['企业', '个体工商户', '社会团体', '机关事业单位', '劳务派遣单位'] }],
  ['isDeregistered', 'BOOLEAN', '', '已注销', 'Deregistered', MARKET],
  ['abnormalOperationListed', 'BOOLEAN', '', '列入经营异常名录', 'Listed for abnormal operation', MARKET],
  ['isFiscalFundedUnit', 'BOOLEAN', '', '财政拨款单位', 'Funded wholly or partly from the budget', '财政局'],
  ['fundExclusionListed', 'BOOLEAN', '', '专项资金不予资助', 'Excluded from special funds', '财政局'],
  ['isZombieEnterprise', 'BOOLEAN', '', '僵尸企业', 'Listed as a zombie enterprise', INDUSTRY],
  ['industryRestricted', 'BOOLEAN', '', '属限制类产业', 'In a restricted industry', '发改委'],
  ['inDifficulty', 'BOOLEAN', '', '经营困难', 'In operating difficulty', INDUSTRY],
  ['dishonestyRecord', 'BOOLEAN', '', '严重失信记录', 'Has an open record of serious dishonesty', CREDIT],
  ['hasUnfulfilledJudgment', 'BOOLEAN', '', '未履行生效判决', 'Has a judgment that it has not fulfilled', CREDIT],
  ['creditReviewPassed', 'BOOLEAN', '', '信用审查通过', 'Passed the credit review', CREDIT],
  ['environmentalPenalty', 'BOOLEAN', '', '环保处罚', 'Has an environmental penalty', '生态环境局'],

  ['employees', 'INTEGER', '人', '从业人数', 'Staff', TAX, { priorYear: 'employeesPriorYear' }],
  ['employeesPriorYear', 'INTEGER', '人', '上年从业人数', 'Staff the year before', TAX],
  ['insuredEmployees', 'INTEGER', '人', '参保职工数', 'Insured staff', HR, { priorYear: 'insuredEmployeesPriorYear' }],
  ['insuredEmployeesPriorYear', 'INTEGER', '人', '上年参保职工数', 'Insured staff the year before', HR],
  ['layoffRatePct', 'NUMBER', '%', '裁员率', 'Newly unemployed who draw benefit, by average insured staff', HR],
  ['noOrFewLayoffs', 'BOOLEAN', '', '不裁员或少裁员', 'Laid off nobody or few', HR],
  ['unemploymentInsured', 'BOOLEAN', '', '参加失业保险', 'Pays into unemployment insurance', HR],
  ['unemploymentInsuranceMonthsPaid', 'INTEGER', '个月', '足额缴纳失业保险费月数', 'Months fully paid', HR],
  ['unemploymentInsuranceArrears', 'BOOLEAN', '', '失业保险历史欠费', 'Owes unemployment insurance', HR],
  ['currentlyInsured', 'BOOLEAN', '', '正常参保缴费', 'Pays its insurance at present', HR],
  ['hiredGraduates', 'INTEGER', '人', '招用高校毕业生', 'Graduates hired in the year of or two years after graduation', HR],
  ['hiredUnemployedYouth16to24', 'INTEGER', '人', '招用16-24岁登记失业青年', 'Registered unemployed of 16 to 24 hired', HR],
  ['hiredPovertyAlleviated', 'INTEGER', '人', '招用脱贫人口', 'People lifted out of poverty hired', HR],
  ['newKeyGroupHiresPct', 'NUMBER', '%', '新招用重点群体占比', 'New hires from key groups by staff', HR],
  ['jobsCreated12m', 'INTEGER', '人', '12个月内带动就业', 'Jobs created within 12 months', HR],
  ['hiredOn', 'DATE', '', '招用日期', 'Day of hire', HR],
  ['hireStableMonths', 'INTEGER', '个月', '稳定就业月数', 'Months the hires have stayed', HR],
  ['hireSocialInsured', 'BOOLEAN', '', '为新招用人员缴纳社保', 'Pays social insurance for new hires', HR],
  ['hireUnemploymentInsured', 'BOOLEAN', '', '为新招用人员缴纳失业险', 'Pays unemployment insurance for new hires', HR],
  ['hireSocialInsuranceMonths', 'INTEGER', '个月', '为新招用人员缴三险月数', 'Months of three insurances paid for new hires', HR],
  ['laborContractSigned', 'BOOLEAN', '', '签订劳动合同', 'Signed labour contracts with new hires', HR],
  ['laborContractYears', 'NUMBER', '年', '劳动合同年限', 'Term of the labour contracts', HR],

  ['isAboveDesignatedSize', 'BOOLEAN', '', '规模以上', 'Above designated size', STATS, { since: 'aboveDesignatedSizeSince' }],
  ['aboveDesignatedSizeSince', 'DATE', '', '首次规上日期', 'First day above designated size', STATS],
  ['statCategory', 'ENUM', '', '统计类别', 'List of the statistics bureau', STATS, { values: STAT_CATEGORIES }],
  ['firstTimeAboveScale', 'BOOLEAN', '', '首次升规', 'Above designated size for the first time (industry)', STATS],
  ['firstTimeAboveQuota', 'BOOLEAN', '', '首次限上', 'Above quota for the first time (commerce)', STATS],
  ['firstTimeFourAbove', 'BOOLEAN', '', '首次四上', 'On any of the four lists for the first time', STATS],
  ['yearsAboveScale', 'INTEGER', '年', '连续在规年数', 'Consecutive years on the list', STATS],
  ['enrolledMonthly', 'BOOLEAN', '', '月度入库', 'Enrolled within the year', STATS],
  ['reportsStatisticsOnTime', 'BOOLEAN', '', '按时报送统计数据', 'Reports statistics on time', STATS],
  ['isNewlyBuilt', 'BOOLEAN', '', '新建投产', 'Newly built', STATS],
  ['isKeyEnterprise', 'BOOLEAN', '', '重点企业', 'On the list of key enterprises', INDUSTRY],
  ['isStrategicEmerging', 'BOOLEAN', '', '战略性新兴产业', 'In a strategic emerging industry', INDUSTRY],
  ['isSoftwareEnterprise', 'BOOLEAN', '', '软件企业', 'Software enterprise', INDUSTRY],
  ['onListAdvancedManufacturing', 'BOOLEAN', '', '先进制造业名单', 'On the list of advanced manufacturers', INDUSTRY],
  ['hasRegionalContribution', 'BOOLEAN', '', '有区域贡献', 'Contributed to the region', '财政局'],
  ['affectedByLockdown', 'BOOLEAN', '', '受疫情管控影响', 'Affected by a lockdown', '当地政府'],
  ['rentsStateOwnedProperty', 'BOOLEAN', '', '承租国有房产', 'Rents property of a state enterprise', '国资委'],
  ['utilityUserType', 'ENUM', '', '用户类别', 'Kind of utility user', '水电气公司', { values: ['residential', 'non-residential'] }],
  ['priorAwardSamePolicy', 'BOOLEAN', '', '已享受过同项', 'Had this benefit before', '发放台账'],
  ['listingStage', 'TEXT', '', '上市阶段', 'Stage of going public', '金融办'],

  ['annualRevenueYuan', 'MONEY', '元', '年营业收入', 'Revenue of the year', TAX, { priorYear: 'annualRevenuePriorYearYuan' }],
  ['annualRevenuePriorYearYuan', 'MONEY', '元', '上年营业收入', 'Revenue of the year before', TAX],
  ['revenueYuan', 'MONEY', '元', '营业额', 'Turnover of the period', TAX],
  ['revenueIncreaseYuan', 'MONEY', '元', '营收增量', 'Increase of revenue', STATS],
  ['revenueGrowthPct', 'NUMBER', '%', '营收同比', 'Growth of revenue over a year', STATS],
  ['monthlySalesYuan', 'MONEY', '元', '月销售额', 'Sales of a month', TAX],
  ['totalAssetsYuan', 'MONEY', '元', '资产总额', 'Assets', TAX],
  ['taxableIncomeYuan', 'MONEY', '元', '应纳税所得额', 'Taxable income', TAX],
  ['isSmallLowProfit', 'BOOLEAN', '', '小型微利企业', 'Small enterprise with low profit', TAX],
  ['taxArrears', 'BOOLEAN', '', '欠税', 'Owes tax', TAX],
  ['taxCreditGrade', 'ENUM', '', '纳税信用等级', 'Tax credit grade', TAX, { values: ['A', 'B', 'M', 'C', 'D'] }],
  ['vatTaxpayerType', 'ENUM', '', '增值税纳税人类型', 'Kind of VAT payer', TAX, { values: ['small-scale', 'general'] }],
  ['vatLevyRatePct', 'NUMBER', '%', '适用征收率', 'VAT levy rate', TAX],
  ['rdExpenseYuan', 'MONEY', '元', '研发费用', 'Spending on research', TAX, { priorYear: 'rdExpensePriorYearYuan' }],
  ['rdExpensePriorYearYuan', 'MONEY', '元', '上年研发费用', 'Spending on research the year before', TAX],
  ['industrialOutputYuan', 'MONEY', '元', '工业总产值', 'Industrial output', STATS, { priorYear: 'industrialOutputPriorYearYuan' }],
  ['industrialOutputPriorYearYuan', 'MONEY', '元', '上年工业总产值', 'Industrial output of the year before', STATS],
  ['outputYoYIncreaseYuan', 'MONEY', '元', '产值同比增量', 'Increase of output over a year', STATS],
  ['outputQoQGrowthPct', 'NUMBER', '%', '产值环比', 'Growth of output over a quarter', STATS],
  ['valueAddedGrowthPct', 'NUMBER', '%', '工业增加值增速', 'Growth of value added', STATS],
  ['valueAddedIncreaseYuan', 'MONEY', '元', '工业增加值增量', 'Increase of value added', STATS],
  ['industrialInvestmentYuan', 'MONEY', '元', '年度工业投资', 'Industrial investment of the year', STATS],
  ['annualRetailSalesYuan', 'MONEY', '元', '年零售额', 'Retail sales of the year', STATS],
  ['retailGrowthPct', 'NUMBER', '%', '零售增速', 'Growth of retail sales', STATS],
  ['retailSalesIncreaseYuan', 'MONEY', '元', '零售额增量', 'Increase of retail sales', STATS],
  ['wholesaleIncreaseYuan', 'MONEY', '元', '批发额增量', 'Increase of wholesale', STATS],

  ['importExportYuan', 'MONEY', '元', '进出口额', 'Imports and exports', CUSTOMS],
  ['exportsUSD', 'MONEY', '美元', '上年出口额', 'Exports of the year before, in dollars', CUSTOMS],
  ['firstTimeForeignTrade', 'BOOLEAN', '', '首次自营进出口', 'Trades abroad for the first time', COMMERCE],
  ['inventionPatentsGranted', 'INTEGER', '件', '授权发明专利', 'Invention patents granted', '知识产权局'],
  ['patentFeeReduced', 'BOOLEAN', '', '专利费减缴', 'Had its patent fees reduced', '知识产权局'],
  ['certifications', 'TITLES', '', '资质认证', 'Certificates held', MARKET],
  ['approvedInnovativeDrugs', 'INTEGER', '个', '获批创新药', 'Innovative drugs approved', '药监局'],
  ['approvedImprovedDrugs', 'INTEGER', '个', '获批改良型新药', 'Improved drugs approved', '药监局'],
  ['approvedClass3InnovativeDevices', 'INTEGER', '个', '获批三类创新器械', 'Innovative class III devices approved', '药监局'],
  ['producedInProvince', 'BOOLEAN', '', '省内生产', 'Produced within the province', '药监局'],
  ['loanProduct', 'TEXT', '', '贷款品种', 'Loan taken', BANK, { values: ['技改贷', '设备更新贷'] }],
  ['newEquipmentLoanYuan', 'MONEY', '元', '新增设备贷款', 'New loan for equipment', BANK],
  ['loanPrincipalYuan', 'MONEY', '元', '贷款本金', 'Principal of the loan', BANK],
  ['loanYears', 'NUMBER', '年', '贷款年限', 'Term of the loan', BANK],
  ['interestPaidYuan', 'MONEY', '元', '已付利息', 'Interest paid', BANK],
  ['projectFixedInvestmentYuan', 'MONEY', '元', '项目固定资产投资', 'Fixed investment of the project', '发改委'],
  ['projectStatus', 'TEXT', '', '项目状态', 'State of the project', '发改委', { values: ['在建', '年底前可开工'] }],

  ['unemploymentInsurancePaidLastYearYuan', 'MONEY', '元', '上年度实缴失业保险费', 'Unemployment insurance paid last year', HR],
  ['employerSocialInsuranceForHiresYuan', 'MONEY', '元', '为新招用人员缴纳社保单位部分', "Employer's social insurance for new hires", HR],
  ['monthlyRentYuan', 'MONEY', '元', '月租金', 'Rent of a month', '国资委'],
  ['utilityBillYuan', 'MONEY', '元', '水电气费', 'Utility bill', '水电气公司'],
  ['vatDueYuan', 'MONEY', '元', '应缴增值税', 'VAT due', TAX],
  ['vatableSalesYuan', 'MONEY', '元', '应税销售额', 'Sales liable to VAT', TAX],
  ['deductibleInputVatYuan', 'MONEY', '元', '可抵扣进项税额', 'Deductible input VAT', TAX],
  ['sixTaxesTwoFeesDueYuan', 'MONEY', '元', '应缴六税两费', 'Six taxes and two fees due', TAX],
  ['disabilityLevyDueYuan', 'MONEY', '元', '应缴残保金', 'Levy for the employment of disabled people due', TAX],
  ['netProceedsYuan', 'MONEY', '元', '募集净额', 'Net proceeds of going public', '金融办'],
];
