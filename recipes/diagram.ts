import { isOperation, OPERATIONS } from '../midjourney/operations.ts';
import { OURS, type Template, type TemplateStep, type TemplateZap } from './template.ts';

const OTHER_LABELS: Readonly<Record<string, string>> = {
  task_finished: 'Task Finished',
  task_progress: 'Task Progress',
  find_task: 'Find Task',
  find_tasks: 'Find Tasks',
};

const labelOf = (key: string): string =>
  isOperation(key) ? OPERATIONS[key].label : (OTHER_LABELS[key] ?? key);

const titled = (app: string): string =>
  app
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

const boxOf = (app: string, action: string): string =>
  app === OURS ? `["<b>${labelOf(action)}</b>"]` : `["${titled(app)}<br/>${action}"]`;

/** What the reader wants to see: tools that only pick a part of a text are left out. */
const isShown = ({ kind }: TemplateStep): boolean => kind !== 'other' && kind !== 'loop';

const lineOf = ({ trigger, steps }: TemplateZap, zap: number): string => {
  const parts = [
    boxOf(trigger.app, trigger.event),
    ...steps.filter(isShown).map(({ app, action }) => boxOf(app, action)),
  ];
  return `  ${parts.map((box, place) => `z${zap}s${place}${box}`).join(' --> ')}`;
};

/** The step of ours whose tasks the Zaps of the template hear of. */
function startIn(zaps: readonly TemplateZap[]): string | undefined {
  for (const [zap, { steps }] of zaps.entries()) {
    const place = steps.filter(isShown).findLastIndex(({ app }) => app === OURS);
    if (place >= 0) {
      return `z${zap}s${place + 1}`;
    }
  }
  return undefined;
}

/** A template as a small diagram, in Mermaid: a line for each Zap, dotted from a task to who hears of it. */
export function diagramOf({ zaps }: Template): string {
  const start = startIn(zaps);
  const heard = zaps.flatMap(({ trigger }, zap) =>
    trigger.app === OURS && zap > 0 && start ? [`  ${start} -. webhook .-> z${zap}s0`] : [],
  );
  return ['```mermaid', 'flowchart LR', ...zaps.map(lineOf), ...heard, '```'].join('\n');
}

const MARK = '<!-- Made from the files by npm run diagrams. -->';

/** The part of the overview that shows every template as a diagram. */
export const diagramsOf = (templates: Iterable<Template>): string =>
  [MARK, ...[...templates].map((one) => `### ${one.title}\n\n${diagramOf(one)}`), MARK].join(
    '\n\n',
  );

/** A page with its diagrams made anew. @throws when it has no place for them */
export function withDiagrams(page: string, templates: Iterable<Template>): string {
  const [before, , after, ...more] = page.split(MARK);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`The page has to hold "${MARK}" twice.`);
  }
  return before + diagramsOf(templates) + after;
}
