import type { DemoEvent, Reporter } from './events.ts';

/** Where text goes: `frame` is redrawn in place, or left out where nothing can be redrawn. */
export interface Screen {
  line(text: string): void;
  frame?(text: string): void;
}

interface Bar {
  prompt: string;
  progress: number;
  outcome: string;
}

/** Characters, so that a bar with `finished` fits into a terminal of 80. */
const WIDTH = 24;
const LABEL = 32;

const drawn = ({ prompt, progress, outcome }: Bar): string => {
  const full = Math.round((progress / 100) * WIDTH);
  const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
  const label = prompt.length > LABEL ? `${prompt.slice(0, LABEL - 1)}…` : prompt;
  return `  ${bar} ${String(progress).padStart(3)} %  ${label.padEnd(LABEL)} ${outcome}`.trimEnd();
};

/** For people: a progress bar for each task, and below it what each Zap received. */
export function liveReporter(screen: Screen): Reporter {
  const bars = new Map<string, Bar>();
  /** The bar of a task; an event can overtake the answer of the step that started the task. */
  const barOf = (task_id: string, prompt: string): Bar => {
    const bar = bars.get(task_id) ?? { prompt, progress: 0, outcome: '' };
    bars.set(task_id, bar);
    return bar;
  };

  const show = (item: DemoEvent): void => {
    switch (item.event) {
      case 'connected':
        screen.line(`Connected to ${item.account}`);
        break;
      case 'note':
        screen.line(item.text);
        break;
      case 'switched_on':
        screen.line(`Zap on: ${item.zap}`);
        break;
      case 'started':
        barOf(item.task_id, item.prompt).prompt = item.prompt;
        screen.line(`Imagine started ${item.reference}: ${item.prompt}`);
        break;
      case 'progress': {
        const bar = barOf(item.task_id, item.reference);
        bar.progress = item.progress;
        if (!screen.frame) {
          screen.line(`${drawn(bar)}  → ${item.zap}`);
        }
        break;
      }
      case 'finished': {
        const bar = barOf(item.task_id, item.reference);
        bar.progress = item.succeeded ? 100 : bar.progress;
        bar.outcome = item.succeeded ? 'finished' : `failed: ${item.error_message}`;
        const outcome = item.succeeded ? item.image_url : bar.outcome;
        screen.line(`${item.zap} ran for ${item.reference}: ${outcome}`);
        break;
      }
      case 'paused':
        screen.line(`The Zap of ${item.reference} waits for ${item.step}`);
        break;
      case 'resumed':
        screen.line(`The Zap of ${item.reference} goes on after ${item.step}`);
        break;
      case 'stopped':
        screen.line(`The Zap of ${item.reference} stopped: ${item.reason}`);
        break;
      case 'saved':
        screen.line(`Saved ${item.file}`);
        break;
      case 'summary':
        for (const { promise, kept } of item.promises) {
          screen.line(`${kept ? '✓' : '✗'} ${promise}`);
        }
        screen.line(
          bars.size === 0
            ? `${item.seconds} s`
            : `${bars.size} ${bars.size === 1 ? 'task' : 'tasks'} in ${item.seconds} s`,
        );
    }
  };

  return {
    report(event) {
      show(event);
      screen.frame?.([...bars.values()].map(drawn).join('\n'));
    },
  };
}
