import { demoCity, randomStream, type DemoCity, type DemoEnterprise, type RandomStream } from '@zhitong/demo';
import { nationalCalendar } from '@zhitong/kit';
import { addDays, isWorkingDay, type LegalDay } from '@zhitong/values';

/** What every value of a mock depends on: the same settings give the same answers. */
export interface MockSettings {
  readonly seed: string;
  /** The day on which it is asked, YYYY-MM-DD; what lies behind is before it, deadlines are after it. */
  readonly today: LegalDay;
}

const ENTERPRISES = 400;
/** Days off in a row are fewer; beyond the known calendar weekends alone are days off. */
const LONGEST_HOLIDAY = 14;

/** The nouns of a small demo city, and choices that depend on a name alone. */
export class MockWorld {
  readonly today: LegalDay;
  readonly city: DemoCity;
  readonly #seed: string;
  readonly #byUscc: ReadonlyMap<string, DemoEnterprise>;
  readonly #calendar = nationalCalendar();

  /** @throws RangeError when `today` is no calendar day. */
  constructor({ seed, today }: MockSettings) {
    this.#seed = seed;
    this.today = today;
    this.city = demoCity({ seed, enterprises: ENTERPRISES, referenceDate: today, withFacts: false });
    this.#byUscc = new Map(this.city.enterprises.map((enterprise) => [enterprise.uscc, enterprise]));
  }

  /** Random choices for one place: the same for the same name. */
  at(name: string): RandomStream {
    return randomStream(this.#seed, name);
  }

  /** The `index`-th of a list of choices that begins anywhere: no item comes twice before all have come. */
  nth<Item>(items: readonly Item[], list: string, index: number): Item {
    const start = this.at(list).int(0, items.length - 1);
    return items[(start + index) % items.length] as Item; // Within the list, which is not empty.
  }

  /** The enterprise of that code; of a code that the city does not have, always the same one. */
  enterprise(uscc: string): DemoEnterprise {
    return this.#byUscc.get(uscc) ?? this.nth(this.city.enterprises, uscc, 0);
  }

  /** A working day so many days after today, or before it when negative; the next one that is worked. */
  workingDay(days: number): LegalDay {
    let day = addDays(this.today, days);
    for (let tried = 0; tried < LONGEST_HOLIDAY; tried += 1) {
      const answer = isWorkingDay(this.#calendar, day);
      if (answer.known ? answer.value : ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) return day;
      day = addDays(day, days < 0 ? -1 : 1);
    }
    return day;
  }
}
