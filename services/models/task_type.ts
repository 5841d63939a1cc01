/** The service's own word in a task of the catalogue: `video_generation` of `video_generation:elements`. */
export const taskTypeOf = (task: string): string => task.split(':')[0] ?? task;
