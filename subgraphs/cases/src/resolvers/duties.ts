import type { Context } from '../context.js';
import { isOpen } from '../domain/case-view.js';
import { insightOf } from '../domain/insight.js';
import { ofDuty, ofGrade, ofResult } from '../domain/persons/writers.js';
import type { CaseRecord } from '../models/stored-case.js';
import type { ShownDuty } from '../records.js';
import { stored } from './case-fields.js';
import { forReader } from './case-text.js';

/**
 * The responsibility list as this reader may see it: what assisting departments owe, and have done. A view that is not
 * rebuilt yet has the list of its assignment alone.
 */
export async function shownDuties(record: CaseRecord, context: Context): Promise<ShownDuty[]> {
  const mayKnowGrades = insightOf(context.actor, record) !== 'OUTSIDE';
  const { today } = context;
  const isCaseOpen = isOpen(stored(record, 'status'));
  const present = stored(record, 'duties').filter(({ endedOn }) => endedOn === null);
  const listed = record.assignment?.responsibilities ?? [];
  const duties =
    present.length > 0 || listed.length === 0
      ? present
      : listed.map(({ department, duty, dueOn = null }) => ({
          department,
          duty,
          dueOn,
          result: null,
          reportedOn: null,
          grade: null,
          gradeReason: null,
        }));
  return Promise.all(
    duties.map(async ({ department, duty, dueOn, result, reportedOn, grade, gradeReason }) => ({
      department,
      duty: await forReader(duty, record, context, { written: ofDuty({ department, duty }) }),
      dueOn,
      result: result === null ? null : await forReader(result, record, context, { written: ofResult(department) }),
      reportedOn,
      isOverdue: dueOn !== null && (reportedOn === null ? isCaseOpen && dueOn < today : dueOn < reportedOn),
      grade: mayKnowGrades ? grade : null,
      gradeReason:
        mayKnowGrades && gradeReason !== null
          ? await forReader(gradeReason, record, context, { written: ofGrade(department) })
          : null,
    })),
  );
}
