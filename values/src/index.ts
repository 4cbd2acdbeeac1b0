export { comparableText, replaceComparable, type ComparableText } from './comparable-text.js';
export {
  datedFigure,
  figureFaults,
  figureOn,
  successive,
  valueOn,
  type DatedFigure,
  type DatedValue,
  type FigureFault,
} from './dated-figure.js';
export {
  addDays,
  addMonths,
  addTerm,
  addYears,
  daysBetween,
  firstStartWithin,
  isWeekend,
  lastStartOver,
  type CalendarUnit,
} from './day-arithmetic.js';
export {
  includesDay,
  isWholeMonths,
  monthOf,
  monthsWithin,
  periodBefore,
  quarterOf,
  rangesOverlap,
  rangeText,
  wholeMonths,
  type DayRange,
  type Period,
} from './day-range.js';
export { formatDecimal, parseDecimal, type DecimalProblem, type ParsedDecimal } from './decimal.js';
export { isIdentityNumber } from './codes/identity-number.js';
export { isLegalDay, yearOf, type LegalDay } from './legal-day.js';
export {
  FEN_OF_YUAN,
  fenOfYuan,
  formatYuan,
  MOST_FEN_OF_ONE_AMOUNT,
  moneyOfFen,
  parseYuan,
  sumFen,
  yuanOfFen,
  type Fen,
  type FenTotal,
  type MoneyText,
  type ParsedYuan,
} from './money.js';
export { asStored, isBlank, normalText, textFaults, type TextFault } from './normal-text.js';
export { normalReference } from './payment-reference.js';
export {
  mayReplace,
  SMALLEST_CELL,
  standsForEnough,
  type BehindPart,
  type SeenFigures,
  type SharedAmount,
} from './published-figures.js';
export {
  BASIS_POINTS_OF_ONE,
  divideHalfUp,
  formatPercent,
  parsePercent,
  rateText,
  type BasisPoints,
  type ExactRate,
  type Rate,
} from './rate.js';
export { industryProblem, isProvince, type IndustryProblem } from './codes/standard-codes.js';
export { rational, type Rational, type RoundingMode } from './rational.js';
export {
  dayInShanghai,
  endOfDayInShanghai,
  momentInShanghai,
  SHANGHAI_OFFSET,
  startOfDayInShanghai,
} from './shanghai.js';
export { cellText, harmlessText } from './spreadsheet-text.js';
export {
  addWorkingDays,
  halfDaysText,
  parseHalfDays,
  isWorkingDay,
  workingDayFrom,
  promisedMoment,
  withOverrides,
  workingDaysBetween,
  type CalendarAnswer,
  type CalendarOverrides,
  type WorkingCalendar,
} from './working-calendar.js';
export {
  checkUscc,
  organisationCheckCharacter,
  USCC_ALPHABET,
  usccCheckCharacter,
  usccInText,
  type UsccCheck,
  type UsccProblem,
  type UsccRemark,
} from './codes/uscc.js';
export { irregularCodeWords, usccFaultInChinese } from './codes/uscc-in-chinese.js';
export { filled, type WordParameters, type Words } from './filled-words.js';
export {
  saidWithin,
  sayer,
  sayIn,
  type InChinese,
  type RefusalTable,
  type Said,
  type SaidParameters,
  type Sayer,
} from './said.js';
