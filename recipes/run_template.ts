import { type Data, type OtherAppCall, runZap, type Stage } from './run_zap.ts';
import { OURS, type Template } from './template.ts';

/** A template whose Zaps are on. */
export interface RunningTemplate {
  /** The calls of other apps' steps in runs that our triggers began, in the order these ended. */
  readonly calls: readonly OtherAppCall[];
  /**
   * Lets a Zap run that another app's trigger begins, the first being 0.
   * @param changes what the trigger gives, over its example outputs
   * @returns the calls of other apps' steps
   */
  fire(zap: number, changes?: Data): Promise<OtherAppCall[]>;
  /** Resolves when no run that our triggers began is under way. @throws what stopped one */
  settled(): Promise<void>;
}

/** Switches all Zaps of a template on; those with a trigger of ours run by themselves. */
export async function runTemplate(template: Template, stage: Stage): Promise<RunningTemplate> {
  const runs: Promise<void>[] = [];
  const allCalls: OtherAppCall[] = [];

  for (const zap of template.zaps.filter(({ trigger }) => trigger.app === OURS)) {
    const listener = stage.account.zap(zap.trigger.event, zap.trigger.input);
    listener.onRun((output) => {
      const run = runZap(zap, output, stage).then((calls) => void allCalls.push(...calls));
      // Its error is thrown by `settled`.
      run.catch(() => {});
      runs.push(run);
    });
    await listener.switchOn();
  }

  return {
    calls: allCalls,
    async fire(place, changes) {
      const zap = template.zaps[place];
      if (!zap || zap.trigger.app === OURS) {
        throw new RangeError(`${template.key} has no Zap ${place} that another app begins.`);
      }
      return runZap(zap, { ...zap.trigger.outputs, ...changes }, stage);
    },
    async settled() {
      await Promise.all(runs);
    },
  };
}
