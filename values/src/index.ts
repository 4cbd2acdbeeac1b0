export { addDays, addMonths, addTerm, addYears, daysBetween, isWeekend, type CalendarUnit } from './day-arithmetic.js';
export { includesDay, isWholeMonths, monthOf, monthsWithin, periodBefore, quarterOf, rangesOverlap, rangeText, wholeMonths, type DayRange, type Period } from './day-range.js';
export { isIdentityNumber } from './identity-number.js';
export { isLegalDay, yearOf, type LegalDay } from './legal-day.js';
export { normalText } from './normal-text.js';
export { normalReference } from './payment-reference.js';
export { dayInShanghai, endOfDayInShanghai, SHANGHAI_OFFSET, startOfDayInShanghai } from './shanghai.js';
export { checkUscc, organisationCheckCharacter, usccCheckCharacter, type UsccCheck, type UsccProblem, type UsccRemark } from './uscc.js';
