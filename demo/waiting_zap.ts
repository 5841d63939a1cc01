import * as zod from 'zod/mini';
import { type Connection, SandboxStepError, type Zapier } from '../sandbox/zapier/zapier.ts';
import type { Reporter } from './events.ts';
import { saveFile } from './save_file.ts';
import { waitingSteps } from './waiting_steps.ts';

const imagined = zod.object({ task_id: zod.string(), image: zod.string() });

const upscaled = zod.object({ images: zod.array(zod.object({ file: zod.string() })) });

const startedTasks = zod.object({
  task_id: zod.string(),
  tasks: zod.optional(zod.array(zod.object({ task_id: zod.string() }))),
});

export interface WaitingZap {
  readonly account: Connection;
  readonly zapier: Zapier;
  readonly prompt: string;
  readonly speed: string;
  readonly reference: string;
  readonly pictures: string;
}

/** What came of the Zap: the tasks it started and the files it saved. */
export interface WaitingResult {
  readonly taskIds: readonly string[];
  readonly files: readonly string[];
  readonly stopped: boolean;
}

/** A Zap of four steps: Imagine, which waits, Upscale of all four, which waits, and the five files. */
export async function playWaitingZap(zap: WaitingZap, reporter: Reporter): Promise<WaitingResult> {
  const { prompt, speed, reference } = zap;
  const taskIds: string[] = [];
  const files: string[] = [];
  const run = waitingSteps(zap, reporter, (output) => {
    const { task_id, tasks = [{ task_id }] } = zod.parse(startedTasks, output);
    taskIds.push(...tasks.map((task) => task.task_id));
  });
  try {
    const grid = zod.parse(imagined, await run('imagine', { prompt, process_mode: speed }));
    const upscale = await run('upscale', { origin_task_id: grid.task_id, index: 'all' });
    const { images } = zod.parse(upscaled, upscale);
    for (const pointer of [grid.image, ...images.map(({ file }) => file)]) {
      const { file } = await saveFile(zap, pointer, zap.pictures);
      reporter.report({ event: 'saved', file });
      files.push(file);
    }
    return { taskIds, files, stopped: false };
  } catch (error) {
    if (!(error instanceof SandboxStepError)) {
      throw error;
    }
    reporter.report({ event: 'stopped', reference, reason: error.shown });
    return { taskIds, files, stopped: true };
  }
}
