import { insertMissing } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { ProjectEvent } from '../../domain/projects/project-event.js';

const required = true;
const schema = new Schema<ProjectEvent>(
  {
    project: { type: String, required },
    seq: { type: Number, required, min: 1 },
    at: { type: String, required },
    by: { type: String, required },
    department: { type: String, default: null },
    change: { type: Schema.Types.Mixed, required } as never,
  },
  { collection: 'project_events', versionKey: false, strict: 'throw', minimize: false },
);
// Two writers of one project cannot both append: the second finds the number taken.
schema.index({ project: 1, seq: 1 }, { unique: true });
schema.index({ 'change.official': 1 }, { sparse: true });
schema.index({ 'change.owner': 1 }, { sparse: true });

export type ProjectEventStore = ReturnType<typeof projectEventStore>;

/** What projects went through, append-only. */
export function projectEventStore(db: Connection) {
  const model = db.model('ProjectEvent', schema);
  const read = async (projects: readonly string[], session: ClientSession | null): Promise<ProjectEvent[]> =>
    model
      .find({ project: { $in: [...projects] } }, { _id: 0 }, { session })
      .sort({ project: 1, seq: 1 })
      .lean<ProjectEvent[]>();
  return {
    of: async (project: string, session: ClientSession): Promise<ProjectEvent[]> => read([project], session),
    /** The histories of many projects, in order, with one command. */
    ofMany: async (
      projects: readonly string[],
      session: ClientSession | null = null,
    ): Promise<Map<string, ProjectEvent[]>> => {
      const histories = new Map<string, ProjectEvent[]>();
      for (const event of await read(projects, session)) {
        const history = histories.get(event.project);
        if (history === undefined) histories.set(event.project, [event]);
        else history.push(event);
      }
      return histories;
    },
    /** Those of many projects of which something has been recorded. */
    begunAmong: async (projects: readonly string[], session: ClientSession): Promise<ReadonlySet<string>> =>
      new Set(await model.distinct('project', { project: { $in: [...projects] } }).session(session)),
    /** Projects in whose history an official is named, as an agent who was given a task. */
    naming: async (official: string, session: ClientSession): Promise<string[]> =>
      model.distinct('project', { 'change.official': official }).session(session),
    /** Projects of which a department was ever asked for an approval. */
    askedOf: async (department: string): Promise<string[]> => model.distinct('project', { 'change.owner': department }),
    /** Projects of which an applicant was ever barred after a grant on a pledge. */
    everBarred: async (): Promise<string[]> => model.distinct('project', { 'change.type': 'PLEDGE_BARRED' }),
    append: async (event: ProjectEvent, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...event }, { session });
    },
    appendAll: async (events: readonly ProjectEvent[], session: ClientSession): Promise<void> => {
      if (events.length > 0)
        await model.collection.insertMany(
          events.map((event) => ({ ...event })),
          { session },
        );
    },
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (events: readonly ProjectEvent[]): Promise<void> => insertMissing(model.collection, events),
  };
}
