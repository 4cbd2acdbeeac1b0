import { deliveriesTo } from '../../support/deliveries.js';
import { clock, type EnterprisesUnderTest } from './enterprises-under-test.js';

/** Delivers mapped rows to a target of the department, as a connector's mapping would make them. */
export const deliveries = (
  { database, department: opened }: Pick<EnterprisesUnderTest, 'database' | 'department'>,
  name: string,
  department: string,
) =>
  deliveriesTo(
    { ...opened, connection: database.connection, targets: opened.connectorTargets, start: clock.now() },
    name,
    department,
  );
