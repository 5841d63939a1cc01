import { isOperation, kindMade } from './operations.ts';
import type { Task } from './task.ts';

/** What a task made, or was to make: an operation's kind, or where that is open its result's; '' before that. */
export function kindOf(task: Task): string {
  const made = isOperation(task.operation) ? kindMade(task.operation) : undefined;
  if (made) {
    return made;
  }
  if (task.videoUrls.length > 0) {
    return 'video';
  }
  if (task.model3dUrl !== '') {
    return '3d';
  }
  if (task.audioUrls.length > 0) {
    return 'audio';
  }
  return task.imageUrl === '' ? '' : 'image';
}
