/** The input of a task under PiAPI's names; which of them are there depends on the task. */
export interface TaskRequest {
  prompt?: string | undefined;
  aspect_ratio?: string | undefined;
  process_mode?: string | undefined;
  skip_prompt_check?: boolean | undefined;
  bot_id?: number | undefined;
  origin_task_id?: string | undefined;
  index?: string | undefined;
  zoom_ratio?: string | undefined;
  direction?: string | undefined;
  image_url?: string | undefined;
  image_urls?: string[] | undefined;
  dimension?: string | undefined;
  task_id?: string | undefined;
  mask?: string | undefined;
}

/** What a task does, as far as its course depends on it. */
export interface TaskKind {
  readonly name: string;
  /** `media` is what another model than Midjourney makes. */
  readonly result: 'grid' | 'single' | 'description' | 'seed' | 'media';
  /** Duration, as a share of an imagine's. */
  readonly pace: number;
  /** Results of another model; 1 unless set. */
  readonly count?: number;
}
