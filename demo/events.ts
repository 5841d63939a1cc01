/** What happens in the demo, in the order in which it happens. */
export type DemoEvent =
  | { readonly event: 'connected'; readonly account: string }
  | { readonly event: 'note'; readonly text: string }
  | { readonly event: 'switched_on'; readonly zap: string }
  | {
      readonly event: 'started';
      readonly task_id: string;
      readonly prompt: string;
      readonly reference: string;
    }
  | {
      readonly event: 'progress';
      readonly zap: string;
      readonly task_id: string;
      readonly reference: string;
      readonly progress: number;
    }
  | {
      readonly event: 'finished';
      readonly zap: string;
      readonly task_id: string;
      readonly reference: string;
      readonly succeeded: boolean;
      readonly image_url: string;
      readonly error_message: string;
    }
  | { readonly event: 'paused' | 'resumed'; readonly step: string; readonly reference: string }
  | { readonly event: 'stopped'; readonly reference: string; readonly reason: string }
  | { readonly event: 'saved'; readonly file: string }
  | { readonly event: 'summary'; readonly promises: readonly Kept[]; readonly seconds: number };

/** One promise of the product, and whether this run kept it. */
export interface Kept {
  readonly promise: string;
  readonly kept: boolean;
}

/** Shows events to whoever watches. */
export interface Reporter {
  report(event: DemoEvent): void;
}
