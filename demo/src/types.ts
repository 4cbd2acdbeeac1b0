/** A value of one fact about an enterprise. Money is whole yuan, a rate is a percentage, a date `YYYY-MM-DD`. */
export type FactValue = string | number | boolean | string[];

/** National classification of 2017 (统计上大中小微型企业划分办法, 国统字〔2017〕213号). */
export type Scale = 'LARGE' | 'MEDIUM' | 'SMALL' | 'MICRO';

export type LegalForm =
  | 'LIMITED_COMPANY' // 有限责任公司
  | 'JOINT_STOCK_COMPANY' // 股份有限公司
  | 'SOLE_PROPRIETORSHIP' // 个人独资企业
  | 'PARTNERSHIP' // 合伙企业
  | 'INDIVIDUAL_BUSINESS' // 个体工商户
  | 'FARMERS_COOPERATIVE'; // 农民专业合作社

/**
 * In operation (存续), listed for abnormal operation (经营异常名录), licence revoked (吊销，未注销), deregistered (已注销).
 */
export type RegistrationStatus = 'IN_OPERATION' | 'ABNORMAL_LISTED' | 'LICENCE_REVOKED' | 'DEREGISTERED';

/** Whether an enterprise carries on no business any more. */
export const hasEnded = (status: RegistrationStatus): boolean =>
  status === 'LICENCE_REVOKED' || status === 'DEREGISTERED';

/** The statistics bureau's lists of enterprises above designated size (四上), as `facts.md` spells them. */
export type StatCategory = '规上工业' | '规上服务业' | '限上批发' | '限上商贸' | '建筑业' | '房地产';

export type HonourLevel = 'NATIONAL' | 'PROVINCIAL' | 'CITY';

export interface DemoDistrict {
  /** GB/T 2260, six digits. */
  readonly code: string;
  readonly name: string;
}

export type DepartmentKind =
  | 'GOVERNMENT_OFFICE' // 政府办公室、营商环境办公室
  | 'BUREAU' // 政府工作部门
  | 'PUBLIC_INSTITUTION' // 事业单位
  | 'VERTICAL' // 中央、省垂直管理单位
  | 'PEOPLES_ORGANISATION' // 人民团体
  | 'SUPERVISION' // 监察机关
  | 'DEVELOPMENT_ZONE' // 开发区管委会
  | 'DISTRICT_GOVERNMENT'; // 县市区人民政府

export interface DemoDepartment {
  /** Upper-case pinyin initials, for example `RSJ`. Unique in the city. */
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly level: 'CITY' | 'COUNTY';
  /** GB/T 2260 code of the region that it serves. */
  readonly regionCode: string;
  readonly kind: DepartmentKind;
  /** The department that coordinates the others on enterprise services (营商办). True for one only. */
  readonly isCoordinator: boolean;
}

export interface DemoOfficial {
  /** `GB-00001` … in the order of the departments. */
  readonly id: string;
  readonly name: string;
  readonly departmentCode: string;
  readonly post: string;
  /** Eleven digits, personal: mask it for whoever does not need it. Fictitious. */
  readonly telephone: string;
}

/** A city leader (市领导) who looks after enterprises above designated size. */
export interface DemoLeader {
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

export interface DemoIndustry {
  /** GB/T 4754—2017 section letter, A to S. */
  readonly section: string;
  readonly sectionName: string;
  /** Section letter and two to four digits, for example `C1330`. */
  readonly code: string;
  readonly name: string;
}

export interface DemoHonour {
  readonly title: string;
  readonly level: HonourLevel;
  readonly awardedOn: string;
  /** Null when the title has no end. */
  readonly validTo: string | null;
  /** First recognition, as opposed to a renewed one. */
  readonly firstTime: boolean;
}

export interface DemoFactYear {
  readonly year: number;
  /** The day that the figures stand for: the last day of the year. */
  readonly asOf: string;
  /** Fact names, enumerations and units as in the fact vocabulary. A fact that is absent is not known. */
  readonly values: Readonly<Record<string, FactValue>>;
}

export interface DemoContact {
  readonly name: string;
  /** Eleven digits, personal: mask it for whoever does not need it. Fictitious. */
  readonly telephone: string;
  readonly address: string;
}

/** Who looks after an enterprise above designated size: steward, city leader and the leader's supporting unit. */
export interface DemoStewardship {
  readonly stewardId: string;
  readonly leaderId: string;
  readonly unitCode: string;
}

export interface DemoEnterprise {
  /** 18 characters, GB 32100-2015, check character valid. Unique. */
  readonly uscc: string;
  /** Registered name. Unique. */
  readonly name: string;
  readonly legalForm: LegalForm;
  readonly industry: DemoIndustry;
  /** District of registration, GB/T 2260. */
  readonly regionCode: string;
  readonly registeredOn: string;
  readonly status: RegistrationStatus;
  /** When the enterprise was listed as abnormal or deregistered, or lost its licence; null while in operation. */
  readonly statusChangedOn: string | null;
  /** Registered capital in fen; 0 for individual businesses, which register none. */
  readonly registeredCapitalFen: number;
  readonly legalRepresentative: string;
  readonly scale: Scale;
  /** Null below designated size. */
  readonly statCategory: StatCategory | null;
  readonly contact: DemoContact;
  /** The official to whom the enterprise is assigned by industry. */
  readonly officialId: string;
  /** Null below designated size. */
  readonly stewardship: DemoStewardship | null;
  readonly honours: readonly DemoHonour[];
  /** Newest first; an enterprise registered lately has fewer than three, or none. */
  readonly factYears: readonly DemoFactYear[];
}

export type ProjectStage = 'SIGNED' | 'STARTED' | 'UNDER_CONSTRUCTION' | 'IN_PRODUCTION' | 'TERMINATED';

export interface DemoProject {
  /** `XN-2024-0007`: year of signing and number within the year. */
  readonly id: string;
  readonly name: string;
  /** Signed on the city's investment platform (平台签约项目) or one of the key projects (重点项目). */
  readonly track: 'PLATFORM' | 'KEY';
  readonly uscc: string;
  readonly regionCode: string;
  readonly leadDepartmentCode: string;
  readonly investmentFen: number;
  readonly signedOn: string;
  readonly stage: ProjectStage;
  readonly stewardId: string;
}

export interface DemoCityOptions {
  /** Any text; the same text gives the same city. Default `zhitong-1`. */
  readonly seed?: string;
  /** How many market entities, at least 200; default 27,851. Officials, projects and stewards scale with it. */
  readonly enterprises?: number;
  /** `YYYY-MM-DD`. Everything happened on or before this day; the newest facts are of the year before. */
  readonly referenceDate: string;
  /**
   * False leaves the enterprises' `factYears` empty, for who does not need them: they are most of what a city weighs.
   */
  readonly withFacts?: boolean;
}

export interface DemoCity {
  readonly referenceDate: string;
  readonly city: DemoDistrict;
  readonly districts: readonly DemoDistrict[];
  readonly departments: readonly DemoDepartment[];
  readonly leaders: readonly DemoLeader[];
  readonly officials: readonly DemoOfficial[];
  readonly enterprises: readonly DemoEnterprise[];
  readonly projects: readonly DemoProject[];
}
