import { isDepartmentUnavailable } from '@zhitong/kit';
import { ReportedFailure, type Jobs } from '@zhitong/kit/jobs';
import { RunRefused } from '../runs/run-settings.js';
import { dropFolder, type TakenFile } from './drop-folder.js';
import type { DeliveryTools } from './run-delivery.js';

/** How often a folder is looked at: by reading it, since no network share tells of changes. */
export const LOOK_EVERY_MS = 5_000;

/**
 * Starts a job for each mapping with a watched folder, for a department's service and for its command line. Processes
 * that watch one folder take turns.
 * @param mappings mapping files
 * @param onTaken told of each file that was taken or refused
 * @param isWatched false for a source whose files are left alone for now: its mapping is gone, or faulty
 * @throws CommandFailed for a mapping with faults, and for one without a folder
 */
export async function watchFolders({
  mappings,
  jobs,
  tools,
  everyMs = LOOK_EVERY_MS,
  onTaken,
  isWatched = () => true,
}: {
  readonly mappings: readonly string[];
  readonly jobs: Pick<Jobs, 'start'>;
  readonly tools: DeliveryTools;
  readonly everyMs?: number;
  readonly onTaken?: (taken: TakenFile) => void;
  readonly isWatched?: (source: string) => boolean;
}): Promise<void> {
  for (const mapping of mappings) {
    const folder = await dropFolder(mapping, tools);
    jobs.start({
      name: `connector-drop-${folder.source}`,
      everyMs,
      work: async ({ isOver }) => {
        if (!isWatched(folder.source)) return;
        try {
          for (const taken of (await folder.round(isOver)).taken) {
            tools.logger.info(
              { source: folder.source, file: taken.name, run: taken.run._id },
              'a dropped file was run',
            );
            onTaken?.(taken);
          }
        } catch (error) {
          // Somebody runs the source at this moment; the file waits.
          if (error instanceof RunRefused) return;
          if (!isDepartmentUnavailable(error)) throw error;
          tools.logger.warn({ err: error, source: folder.source }, 'a dropped file waits for another department');
          throw new ReportedFailure(`The files of ${folder.source} wait.`);
        }
      },
    });
  }
}
