import { nationalCalendar } from '@zhitong/kit';
import type { ArrearRules } from '../../../subgraphs/credit/src/domain/arrears/arrears.js';
import { ONE_YEAR_LPR } from '../../../subgraphs/credit/src/domain/figures/loan-prime-rate.js';

/** The figures of law as the release has them. */
export const LAW: ArrearRules = { lpr: ONE_YEAR_LPR, calendar: nationalCalendar() };
