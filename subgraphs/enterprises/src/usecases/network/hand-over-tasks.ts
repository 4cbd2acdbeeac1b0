import type { ClientSession } from 'mongoose';
import { lifeOf } from '../../domain/projects/project-life.js';
import type { Heir } from '../../domain/visits/handed-over-visit.js';
import type { CommandTools } from '../command-tools.js';

/** What became of the tasks that an official was still to do at projects. */
export interface HandedOverTasks {
  readonly tasksMoved: number;
  readonly tasksLeft: number;
}

/**
 * Gives the tasks that an agent (代办帮办员) has not finished at projects to whoever takes over, as a change of the
 * project's history. A task for which there is nobody keeps its agent, whose department can still finish it. At a
 * project that was terminated nothing happens any more.
 * @param heirOf who takes over at an enterprise; null when nobody does.
 */
export async function handOverTasks(
  { official, by, now, heirOf }: { official: string; by: string; now: Date; heirOf: (uscc: string) => Heir | null },
  { stores, outbox }: Pick<CommandTools, 'stores' | 'outbox'>,
  session: ClientSession,
): Promise<HandedOverTasks> {
  const named = await stores.projectEvents.naming(official, session);
  const projects = (await stores.projects.byId(named, session)).filter(({ stage }) => stage !== 'TERMINATED');
  const histories = await stores.projectEvents.ofMany(
    projects.map(({ id }) => id),
    session,
  );
  let tasksLeft = 0;
  const moved = projects.flatMap(({ id, uscc }) => {
    const life = lifeOf(histories.get(id) ?? []);
    const open = life.tasks.filter((task) => task.official === official && task.doneOn === null);
    const heir = heirOf(uscc);
    if (heir === null) tasksLeft += open.length;
    return heir === null ? [] : open.map(({ task }, at) => ({ id, uscc, task, seq: life.version + at + 1, heir }));
  });
  await stores.projectEvents.appendAll(
    moved.map(({ id, seq, task, heir }) => {
      const change = { type: 'TASK_HANDED_OVER', task, official: heir.id } as const;
      return { project: id, seq, at: now.toISOString(), by, department: null, change };
    }),
    session,
  );
  if (moved.length > 0)
    await outbox.append(
      moved.map(({ id, uscc, seq }) => {
        const data = { project: id, uscc, version: seq };
        return { type: 'cn.zhitong.project.task-handed-over', subject: id, data };
      }),
      { session },
    );
  return { tasksMoved: moved.length, tasksLeft };
}
