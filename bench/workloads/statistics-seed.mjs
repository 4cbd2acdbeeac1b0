// Two years of cases for the figures, made fast: the histories of the demo city over and over, each copy of another
// enterprise and some days later, with views, and with what is kept of their figures added up in memory, as the
// department's job does it in transactions (tests/cases/models/statistics-seed.long-test.ts compares both).
import { addDays, dayInShanghai } from '../../values/dist/index.js';
import { keptRows, monthsMoved } from '../../subgraphs/cases/dist/domain/figures/kept-figures.js';
import { answersByDay, columnsOf } from '../../subgraphs/cases/dist/domain/figures/answers-of-day.js';
import { countedCase, FIRST_GENERATION } from '../../subgraphs/cases/dist/models/figures/figure-counting.js';
import { storedCase } from '../../subgraphs/cases/dist/models/stored-case.js';

const BATCH = 2_000;
const DAY_MS = 86_400_000;

/**
 * Histories of `count` cases that began in `days` days up to `today`, those that begin first coming first. A copy lives
 * as its original did, so many days later; what would happen after today is left out.
 */
export function* histories({ originals, count, days, today }) {
  const begins = originals.map((history) => ({ history, at: Date.parse(history[0].at) }));
  const first = Date.parse(`${addDays(today, 1 - days)}T00:00:00+08:00`);
  let number = 0;
  for (let day = 0; day < days; day += 1) {
    const share = Math.floor((count * (day + 1)) / days) - number;
    for (let more = 0; more < share; more += 1) {
      const { history, at } = begins[(number * 7919) % begins.length];
      const shift = first + day * DAY_MS + (at % DAY_MS) - at;
      yield copyOf(history, { number, shift: Math.floor(shift / DAY_MS) * DAY_MS, today });
      number += 1;
    }
  }
}

/** An enterprise of each copy: some 28,000 different ones. */
const codeOf = (number) => `91421202MA${String((number * 31) % 27_851).padStart(8, '0')}`;

function copyOf(history, { number, shift, today }) {
  const caseNumber = `SQ2099-${String(number).padStart(7, '0')}`;
  const moved = (value, name = '') => {
    if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value))
      return new Date(Date.parse(value) + shift).toISOString();
    if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return addDays(value, shift / DAY_MS);
    if (Array.isArray(value)) return value.map((member) => moved(member));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, moved(inner, key)]));
    return name === 'uscc' && typeof value === 'string' ? codeOf(number) : value;
  };
  const end = new Date(Date.parse(`${today}T00:00:00+08:00`) + DAY_MS).toISOString();
  return history.map((event) => ({ ...moved(event), caseNumber })).filter(({ at }) => at < end);
}

/** Adds rows of figures up; those of days that no later history touches are handed over. */
class RowSums {
  #rows = new Map();

  add(rows) {
    for (const { sums, ...row } of rows) {
      const id = `${row.grouping}\t${row.span}\t${row.on}\t${row.known}\t${row.isAtEnd}\t${row.key}`;
      const held = this.#rows.get(id);
      if (held === undefined) this.#rows.set(id, { ...row, sums: { ...sums } });
      else for (const [name, by] of Object.entries(sums)) held.sums[name] = (held.sums[name] ?? 0) + by;
    }
  }

  /** Takes out what belongs to days and months before a day. */
  takeBefore(day) {
    const month = day.slice(0, 7);
    const taken = [];
    for (const [id, row] of this.#rows) {
      if (row.span === 'DAY' ? row.on >= day : row.on >= month) continue;
      taken.push(row);
      this.#rows.delete(id);
    }
    return taken;
  }
}

/** Adds kept answers up, as the sums of rows are. */
class DaysOfAnswers {
  #days = new Map();

  add(cases) {
    for (const [day, answers] of answersByDay(cases)) this.#days.set(day, [...(this.#days.get(day) ?? []), ...answers]);
  }

  takeBefore(until) {
    const taken = [...this.#days].filter(([day]) => day < until);
    for (const [day] of taken) this.#days.delete(day);
    return taken.map(([day, answers]) => ({ day, ...columnsOf(answers) }));
  }
}

/**
 * Puts cases with their histories, views and figures into an empty database whose department is open.
 * @param generation of what is kept, the first one in an empty database.
 */
export async function seedCases({ db, made, calendar, generation = FIRST_GENERATION, tell = () => undefined }) {
  const sums = new RowSums();
  const helped = new DaysOfAnswers();
  const months = new Set();
  let batch = [];
  let count = 0;
  const insert = async (name, documents) => {
    for (let at = 0; at < documents.length; at += 5_000)
      await db.collection(name).insertMany(documents.slice(at, at + 5_000), { ordered: false });
  };
  const put = async (until) => {
    const views = batch.map((history) => storedCase(history, calendar));
    const recounts = views.map((stored) => ({ before: null, now: countedCase(stored.caseNumber, stored) }));
    sums.add(keptRows(recounts));
    helped.add(recounts.map(({ now }) => now));
    for (const month of monthsMoved(recounts)) months.add(month);
    await insert('case_events', batch.flat());
    await insert(
      'cases',
      views.map((stored) => ({ ...stored, countedIn: generation, counted: null })),
    );
    await insert(
      'kept_figures',
      sums.takeBefore(until).map((row) => ({ generation, ...row })),
    );
    await insert(
      'helped_enterprises',
      helped.takeBefore(until).map((day) => ({ generation, ...day })),
    );
    count += batch.length;
    batch = [];
    tell(`\r  ${count} cases written`);
  };
  for (const history of made) {
    batch.push(history);
    // Nothing of a later history lies before the day on which this one begins.
    if (batch.length === BATCH) await put(dayInShanghai(history[0].at));
  }
  await put('9999-12-31');
  await insert(
    'figure_months',
    [...months].sort().map((month) => ({ generation, month, revision: 1 })),
  );
  tell('\n');
  return count;
}
