import type { RunRecord, RunState, SourceState } from './collections.js';
import { isSchedule } from './schedule.js';
import { NO_COUNTS } from './run-counts.js';

/** How a stored member of a source is told of: what it must be, what is shown in its place, and its Chinese name. */
interface Form {
  readonly is: (value: unknown) => boolean;
  readonly otherwise: unknown;
  readonly name: string;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isDate = (value: unknown): value is Date => value instanceof Date && !Number.isNaN(value.getTime());
const isCount = (value: unknown): boolean => Number.isSafeInteger(value);
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');
const orNull =
  (is: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === null || is(value);
const orAbsent =
  (is: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || is(value);

/** The least believed: what a source says whose precedence cannot be read takes no other one's place. */
const LEAST_BELIEVED = 2_147_483_647;

/** Of a source that nobody can date it is not known that it delivers: it counts as silent. */
const LONG_AGO = new Date(0);

const FORMS: Readonly<Partial<Record<keyof SourceState, Form>>> = {
  target: { is: isText, otherwise: '', name: '数据种类' },
  department: { is: isText, otherwise: '', name: '报送单位' },
  precedence: { is: isCount, otherwise: LEAST_BELIEVED, name: '优先次序' },
  keeper: { is: orNull(isText), otherwise: null, name: '责任人' },
  schedule: { is: orNull(isSchedule), otherwise: null, name: '定时' },
  silentAfterHours: {
    is: orNull((value) => typeof value === 'number' && value > 0),
    otherwise: null,
    name: '承诺的报送间隔',
  },
  // Without it all columns count as personal.
  personalColumns: { is: orAbsent(isTexts), otherwise: undefined, name: '含个人信息的列' },
  isScheduled: { is: orAbsent((value) => typeof value === 'boolean'), otherwise: undefined, name: '是否定时运行' },
  registeredAt: { is: isDate, otherwise: LONG_AGO, name: '登记时间' },
};

/** A source as it is kept, with what of it is damaged shown as if it were not set, and named in Chinese. */
export function soundSource(kept: SourceState): { readonly state: SourceState; readonly faults: readonly string[] } {
  const damaged = Object.entries(FORMS).filter(([member, { is }]) => !is(Reflect.get(kept, member)));
  return {
    state: { ...kept, ...Object.fromEntries(damaged.map(([member, { otherwise }]) => [member, otherwise])) },
    faults: damaged.map(
      ([member, { name }]) => `来源登记中的${name}（${member}）已损坏，按未填写显示；重新登记该来源即可恢复`,
    ),
  };
}

const STATES: ReadonlySet<unknown> = new Set<RunState>([
  'RUNNING',
  'FAILED',
  'STOPPED',
  'REFUSED',
  'DONE',
  'ABANDONED',
  'UNDONE',
]);

/** Whether a run can be shown as it is kept. */
export function isSoundRun(run: RunRecord): boolean {
  const { state, startedAt, finishedAt, resumed, counts, conflicts, notes, drift } = run as Readonly<
    Record<keyof RunRecord, unknown>
  >;
  const isDrift = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && Array.isArray(Reflect.get(value, 'differences'));
  return (
    STATES.has(state) &&
    isDate(startedAt) &&
    orNull(isDate)(finishedAt) &&
    isCount(resumed) &&
    typeof counts === 'object' &&
    counts !== null &&
    Object.keys(NO_COUNTS).every((count) => isCount(Reflect.get(counts, count))) &&
    isCount(conflicts) &&
    isTexts(notes) &&
    orNull(isDrift)(drift)
  );
}
