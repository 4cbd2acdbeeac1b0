import { hasEnded } from '../../../demo/src/types.js';
import type { Actor, Clock } from '@zhitong/kit';
import { coordinator, enterprisesUnderTest, type EnterprisesUnderTest } from './enterprises-under-test.js';

/** A small city in which a programme's year is played, from a day that the test sets, without the demo's own year. */
export interface ProgrammeYear extends EnterprisesUnderTest {
  /** Sets the present: noon in Shanghai on a day. */
  readonly on: (day: string) => void;
  /** Presses a mutation that must be done, and answers what it made. */
  press<Made>(mutation: string, selection: string, input: object, actor?: Actor): Promise<Made>;
  /** Asks a query that must be answered whole. */
  read<Data>(query: string, variables?: Record<string, unknown>, actor?: Actor | null): Promise<Data>;
  /** Staff numbers of a department's officials. */
  readonly staff: (department: string) => string[];
  /** Codes of the enterprises that are not deregistered, in the order of the city. */
  readonly alive: readonly { readonly uscc: string; readonly isAboveSize: boolean }[];
}

const OF_THE_DEMO = [
  ...['visits', 'visit_findings', 'visit_campaigns', 'service_links', 'service_officers', 'direct_lines'],
  ...['appraisals', 'key_tasks', 'indicators', 'job_fairs', 'labour_reports', 'project_leads', 'project_events'],
  ...['service_items', 'service_bundles'],
];

export const officerOf = (department: string): Actor => ({
  sub: `officer-${department}`,
  roles: ['OFFICER'],
  department,
});

export async function programmeYear(file: string, firstDay: string, enterprises = 200): Promise<ProgrammeYear> {
  let now = new Date(`${firstDay}T04:00:00Z`);
  const clock: Clock = { now: () => now };
  const hub = await enterprisesUnderTest(file, enterprises, clock);
  const { connection } = hub.database;
  await Promise.all(OF_THE_DEMO.map(async (name) => connection.collection(name).deleteMany({})));
  await connection
    .collection('enterprises')
    .updateMany({}, { $set: { stewardId: null, servedRoles: [], lastVisitedOn: null } });
  let keys = 0;
  return {
    ...hub,
    on: (day) => void (now = new Date(`${day}T04:00:00Z`)),
    press: async <Made>(mutation: string, selection: string, input: object, actor: Actor = coordinator) => {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const { data, errors } = await hub.ask<Record<string, { refusal: object | null } | null>>(
        `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} refusal { code message path } } }`,
        { variables: { input: { idempotencyKey: `programme-${(keys += 1)}`, ...input } }, actor },
      );
      const payload = data?.[mutation];
      if (errors !== undefined || payload?.refusal !== null)
        throw new Error(`${mutation}: ${JSON.stringify(errors ?? payload)}`);
      return payload as Made;
    },
    read: async <Data>(query: string, variables: Record<string, unknown> = {}, actor: Actor | null = coordinator) => {
      const { data, errors } = await hub.ask<Data>(query, { variables, actor });
      if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
      return data;
    },
    staff: (department) =>
      hub.city.officials.filter(({ departmentCode }) => departmentCode === department).map(({ id }) => id),
    alive: hub.city.enterprises
      .filter(({ status }) => !hasEnded(status))
      .map(({ uscc, statCategory }) => ({ uscc, isAboveSize: statCategory !== null })),
  };
}

/** A problem that a visit found. */
export const found = (handling: string, more: object = {}): object => ({
  title: '招聘普工困难',
  text: '节后一线普工缺口较大',
  category: 'LABOUR',
  handling,
  ...more,
});
