import type { ServiceSettings } from './settings.ts';
import { isEnded, type StoredTask, type TaskStatus } from './stored_task.ts';

/** What one webhook says of a task. */
export interface Report {
  readonly status: TaskStatus;
  readonly body: object;
}

/** The webhooks for the state that a task has just got into; most are one, many are none. */
export function reportsOf(task: StoredTask, settings: ServiceSettings): Report[] {
  const { format, status, webhook } = task;
  const report = (shown: object, as: TaskStatus = status): Report => ({
    status: as,
    body: format.webhookBody(shown),
  });
  const { imagelessEnd } = settings;
  if (isEnded(status) && webhook?.ends?.includes(status) === false) {
    return [];
  }
  if (status === 'finished' && (imagelessEnd === 'first' || imagelessEnd === 'only')) {
    const imageless = report(withoutImages(format.show(task), format.noImage));
    return imagelessEnd === 'only' ? [imageless] : [imageless, report(format.show(task))];
  }
  const isWanted =
    isEnded(status) ||
    (status === 'processing' && webhook?.progress) ||
    (settings.webhooksOnEveryChange && format.reportsChanges);
  const reports = isWanted ? [report(format.show(task))] : [];
  if (imagelessEnd === 'early' && isLastStep(task, settings)) {
    const ended = { ...task, status: 'finished', progress: 100 } as const;
    reports.push(report(withoutImages(format.show(ended), format.noImage), ended.status));
  }
  return reports;
}

const isLastStep = ({ status, progress, failure }: StoredTask, settings: ServiceSettings) =>
  status === 'processing' && failure === undefined && progress === settings.progressSteps.at(-1);

const isLink = (value: unknown): boolean => typeof value === 'string' && /^https?:/.test(value);

/** What is shown of a task, with nothing where the links of its result stand. */
function withoutImages(shown: object, noImage: '' | null): object {
  return Object.fromEntries(
    Object.entries(shown).map(([key, value]) =>
      resultKeys.includes(key) ? [key, withoutLinks(value, noImage)] : [key, value],
    ),
  );
}

/** Where the APIs show a result. */
const resultKeys = ['output', 'task_result', 'result'];

function withoutLinks(result: unknown, noImage: '' | null) {
  if (isLink(result)) {
    return noImage;
  }
  return Object.fromEntries(
    Object.entries(Object(result)).map(([key, value]) => {
      const isList = Array.isArray(value) && value.some(isLink);
      return [key, isList ? null : isLink(value) ? noImage : value];
    }),
  );
}
