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

const WIDTH = 24;

const drawn = ({ prompt, progress, outcome }: Bar): string => {
  const full = Math.round((progress / 100) * WIDTH);
  const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
  return `  ${bar} ${String(progress).padStart(3)} %  ${prompt.slice(0, 40).padEnd(40)} ${outcome}`.trimEnd();
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

  const show = (told: DemoEvent): void => {
    switch (told.event) {
      case 'connected':
        screen.line(`Connected to ${told.account}`);
        break;
      case 'note':
        screen.line(told.text);
        break;
      case 'switched_on':
        screen.line(`Zap on: ${told.zap}`);
        break;
      case 'started':
        barOf(told.task_id, told.prompt).prompt = told.prompt;
        screen.line(`Imagine started ${told.reference}: ${told.prompt}`);
        break;
      case 'progress': {
        const bar = barOf(told.task_id, told.reference);
        bar.progress = told.progress;
        if (!screen.frame) {
          screen.line(`${drawn(bar)}  → ${told.zap}`);
        }
        break;
      }
      case 'finished': {
        const bar = barOf(told.task_id, told.reference);
        bar.progress = told.succeeded ? 100 : bar.progress;
        bar.outcome = told.succeeded ? 'finished' : `failed: ${told.error_message}`;
        const outcome = told.succeeded ? told.image_url : bar.outcome;
        screen.line(`${told.zap} ran for ${told.reference}: ${outcome}`);
        break;
      }
      case 'paused':
        screen.line(`The Zap of ${told.reference} waits for ${told.step}`);
        break;
      case 'resumed':
        screen.line(`The Zap of ${told.reference} goes on after ${told.step}`);
        break;
      case 'stopped':
        screen.line(`The Zap of ${told.reference} stopped: ${told.reason}`);
        break;
      case 'saved':
        screen.line(`Saved ${told.file}`);
        break;
      case 'summary':
        for (const { promise, kept } of told.promises) {
          screen.line(`${kept ? '✓' : '✗'} ${promise}`);
        }
        screen.line(`${bars.size} tasks in ${told.seconds} s`);
    }
  };

  return {
    tell(event) {
      show(event);
      screen.frame?.([...bars.values()].map(drawn).join('\n'));
    },
  };
}
