import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as zod from 'zod/mini';
import { type Connection, SandboxStepError, type Zapier } from '../sandbox/zapier/zapier.ts';
import type { Reporter } from './events.ts';

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

/** Fetches a file as a later step of the Zap would, and saves it under its own name. */
async function saveFile(
  { account, zapier, pictures }: WaitingZap,
  pointer: string,
): Promise<string> {
  const file = zapier.files.get(String(await account.hydrate(pointer)));
  if (!file) {
    throw new Error('A picture did not arrive.');
  }
  const target = path.join(pictures, file.filename);
  await writeFile(target, file.content);
  return path.relative(process.cwd(), target);
}

/** What came of the Zap: the tasks it started and the files it saved. */
export interface WaitingResult {
  readonly taskIds: readonly string[];
  readonly files: readonly string[];
  readonly stopped: boolean;
}

/** A Zap of four steps: Imagine, which waits, Upscale of all four, which waits, and the five files. */
export async function playWaitingZap(zap: WaitingZap, reporter: Reporter): Promise<WaitingResult> {
  const { account, prompt, speed, reference } = zap;
  const taskIds: string[] = [];
  const files: string[] = [];
  const run = async (step: string, input: Record<string, unknown>) => {
    const started = await account.create(step, { ...input, reference, wait_for_result: true });
    const { task_id, tasks = [{ task_id }] } = zod.parse(startedTasks, started.output);
    taskIds.push(...tasks.map((task) => task.task_id));
    reporter.report({ event: 'paused', step, reference });
    const output = await started.resumed();
    reporter.report({ event: 'resumed', step, reference });
    return output;
  };
  try {
    const grid = zod.parse(imagined, await run('imagine', { prompt, process_mode: speed }));
    const upscale = await run('upscale', { origin_task_id: grid.task_id, index: 'all' });
    const { images } = zod.parse(upscaled, upscale);
    for (const pointer of [grid.image, ...images.map(({ file }) => file)]) {
      const file = await saveFile(zap, pointer);
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
