import { defineApp, version as platformVersion } from 'zapier-platform-core';
import authentication from './authentication.ts';
import imagine from './creates/imagine.ts';
import { addApiKey, explainRefusal } from './middleware.ts';
import packageJson from './package.json' with { type: 'json' };
import taskFinished from './triggers/task_finished.ts';
import taskProgress from './triggers/task_progress.ts';

export default defineApp({
  version: packageJson.version,
  platformVersion,
  flags: {
    // Empty fields are handled where input is read.
    cleanInputData: false,
    // The service's own words are worth more than core's bare "429".
    throwForThrottlingEarly: false,
    // z.request logs by itself; the patch would only log, and scrub, every call to z.cache.
    skipHttpPatch: true,
  },
  authentication,
  beforeRequest: [addApiKey],
  afterResponse: [explainRefusal],
  triggers: {
    [taskFinished.key]: taskFinished,
    [taskProgress.key]: taskProgress,
  },
  creates: {
    [imagine.key]: imagine,
  },
});
