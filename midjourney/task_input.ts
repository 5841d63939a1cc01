import type { Area } from './areas.ts';
import type { ParameterValues } from './parameter_values.ts';
import type { PictureSize } from './picture_size.ts';

/**
 * What a task is started with, under PiAPI's own field names, whichever service runs it. Each
 * operation uses a few of these; a service's file says which it takes.
 */
export interface TaskInput {
  readonly prompt?: string | undefined;
  readonly aspect_ratio?: ParameterValues['aspect_ratio'];
  readonly process_mode?: ParameterValues['process_mode'];
  readonly skip_prompt_check?: boolean | undefined;
  readonly bot_id?: number | undefined;
  /** The finished task that a follow-up goes on from. */
  readonly origin_task_id?: string | undefined;
  /** Which picture or video of the parent, from 1, or what is done with it: `subtle`, `high_variation`, … */
  readonly index?: string | undefined;
  readonly type?: 'subtle' | 'creative' | 'strong' | '2x' | '4x' | undefined;
  readonly direction?: string | undefined;
  readonly scale?: number | undefined;
  readonly zoom_ratio?: string | undefined;
  readonly image_url?: string | undefined;
  readonly image_urls?: readonly string[] | undefined;
  readonly dimension?: string | undefined;
  /** The link to a mask, and its content. */
  readonly mask?: string | undefined;
  readonly mask_base64?: string | undefined;
  /** What is painted anew without a mask, and the size of the picture that it is a part of. */
  readonly areas?: readonly Area[] | undefined;
  readonly picture_size?: PictureSize | undefined;
  /** How much moves in a video, and how sharp it is: 480 or 720 lines. */
  readonly motion?: ParameterValues['motion'];
  readonly resolution?: 'sd' | 'hd' | undefined;
  readonly service_mode?: 'public' | 'private' | undefined;
  /** Of another model: the service's own names, and its input as the service takes it. */
  readonly model?: string | undefined;
  readonly task_type?: string | undefined;
  readonly input?: Readonly<Record<string, unknown>> | undefined;
}
