import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as zod from 'zod/mini';
import app from '../index.ts';
import { startSandboxRelay } from '../sandbox/relay/relay.ts';
import type { ServiceSettings } from '../sandbox/service/settings.ts';
import { type RunningService, type ServiceKey, startService } from '../sandbox/start_service.ts';
import { type Connection, startZapier, type Zap } from '../sandbox/zapier/zapier.ts';
import type { Reporter } from './events.ts';
import { keptPromises, progressWhileWaiting } from './promises.ts';
import { type Run, runSchema, runsOf } from './runs.ts';
import { playWaitingZap } from './waiting_zap.ts';

export interface Story {
  readonly prompts: readonly string[];
  /** relax, fast or turbo */
  readonly speed: string;
  readonly service: ServiceKey;
  /** Of the service; its tasks are long enough to be watched unless set otherwise. */
  readonly settings?: Partial<ServiceSettings>;
  /** The folder for the final pictures. */
  readonly pictures: string;
  /** Deliver through a relay instead of from Zap to Zap. */
  readonly relay: boolean;
}

const TASK_MILLISECONDS = 4_000;
const LISTENERS = [
  { name: 'Pictures to Drive', trigger: 'task_finished' },
  { name: 'Outcome to Slack', trigger: 'task_finished' },
  { name: 'Progress Bar', trigger: 'task_progress' },
] as const;

async function switchOnZaps(
  account: Connection,
  service: RunningService,
  reporter: Reporter,
): Promise<Zap[]> {
  const zaps: Zap[] = [];
  if (!service.reportsProgress) {
    const text = 'This service reports only the end of a task, so no Zap listens for progress';
    reporter.report({ event: 'note', text });
  }
  for (const { name, trigger } of LISTENERS) {
    if (trigger === 'task_progress' && !service.reportsProgress) {
      continue;
    }
    const zap = account.zap(trigger);
    zap.onRun((output) => {
      const { succeeded, progress, images: _, ...run } = zod.parse(runSchema, output);
      const { image_url, error_message, ...whose } = run;
      reporter.report(
        trigger === 'task_progress'
          ? { event: 'progress', zap: name, ...whose, progress: progress ?? 0 }
          : { event: 'finished', zap: name, ...whose, succeeded, image_url, error_message },
      );
    });
    await zap.switchOn();
    reporter.report({ event: 'switched_on', zap: name });
    zaps.push(zap);
  }
  return zaps;
}

async function save(run: Run, folder: string, reporter: Reporter): Promise<void> {
  const pictures = [
    { name: 'grid', url: run.image_url },
    ...run.images.map(({ number, url }) => ({ name: number, url })),
  ];
  for (const { name, url } of pictures) {
    const file = path.join(folder, `${run.reference}-${name}.png`);
    const picture = await fetch(url);
    await writeFile(file, new Uint8Array(await picture.arrayBuffer()));
    reporter.report({ event: 'saved', file: path.relative(process.cwd(), file) });
  }
}

/**
 * Plays the main job on both worlds: Zaps that listen, a step that starts tasks, and what comes
 * back. Resolves to whether every promise was kept.
 */
export async function play(story: Story, reporter: Reporter): Promise<boolean> {
  const start = performance.now();
  const service = await startService(story.service, {
    taskMilliseconds: TASK_MILLISECONDS,
    ...story.settings,
  });
  const relay = story.relay ? await startSandboxRelay() : undefined;
  const zapier = await startZapier(app, relay && { environment: { RELAY_URL: relay.url } });
  try {
    const account = zapier.connect({ ...service.connection });
    reporter.report({ event: 'connected', account: await account.label() });
    const zaps = await switchOnZaps(account, service, reporter);

    await mkdir(story.pictures, { recursive: true });
    const reference = 'waiting-zap';
    const waiting = playWaitingZap(
      { ...story, account, zapier, prompt: story.prompts[0] ?? '', reference },
      reporter,
    );
    const tasks = new Map<string, string>();
    for (const [index, prompt] of story.prompts.entries()) {
      const reference = `row-${index + 1}`;
      const { output } = await account.create('imagine', {
        prompt,
        process_mode: story.speed,
        reference,
      });
      const task_id = String(output.task_id);
      tasks.set(task_id, reference);
      reporter.report({ event: 'started', task_id, prompt, reference });
    }
    const { taskIds, files, stopped } = await waiting;
    for (const id of taskIds) {
      tasks.set(id, reference);
    }
    await service.settled();
    await relay?.settled(service.connection.api_key);
    await zapier.settled();

    const [drive] = zaps;
    for (const run of drive ? runsOf(drive) : []) {
      if (run.succeeded && run.reference !== reference) {
        await save(run, story.pictures, reporter);
      }
    }
    const promises = [
      ...keptPromises(tasks, zaps),
      {
        promise: 'A Zap waited for Imagine and for four upscales, and got five files',
        kept: stopped || files.length === 5,
      },
      ...(service.reportsProgress ? [progressWhileWaiting(taskIds, zaps)] : []),
    ];
    reporter.report({
      event: 'summary',
      promises,
      seconds: Math.round((performance.now() - start) / 100) / 10,
    });
    return promises.every(({ kept }) => kept);
  } finally {
    await relay?.stop();
    await zapier.stop();
    await service.stop();
  }
}
