/** A step that waits for the end of its task, or of all tasks that it started together. */
export interface WaitingStep {
  /** Zapier resumes the step at the first POST to it. */
  readonly callbackUrl: string;
  /** Undefined for a step that waits for one task. */
  readonly group: { readonly name: string; readonly size: number } | undefined;
}
