import failed from '../fixtures/piapi_v2/imagine_failed.json' with { type: 'json' };
import finished from '../fixtures/piapi_v2/imagine_finished.json' with { type: 'json' };
import processing from '../fixtures/piapi_v2/imagine_processing.json' with { type: 'json' };

interface Known {
  readonly operation?: string;
  readonly progress?: number;
  readonly prompt?: string;
}

const RECORDED = { finished, failed, processing } as const;

/** The body of a callback from PiAPI's v2 API about this task. */
export function bodyOf(
  taskId: string,
  status: keyof typeof RECORDED = 'finished',
  { operation = 'imagine', progress, prompt }: Known = {},
): string {
  const { meta, task_result, ...task } = RECORDED[status];
  return JSON.stringify({
    ...task,
    task_id: taskId,
    meta: {
      ...meta,
      task_type: operation,
      task_request: { ...meta.task_request, ...(prompt !== undefined && { prompt }) },
    },
    task_result: { ...task_result, ...(progress !== undefined && { task_progress: progress }) },
  });
}
