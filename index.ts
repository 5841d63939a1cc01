import { defineApp, version as platformVersion } from 'zapier-platform-core';
import authentication from './authentication.ts';
import blend from './creates/blend.ts';
import cancelTask from './creates/cancel_task.ts';
import create3dModel from './creates/create_3d_model.ts';
import createAudio from './creates/create_audio.ts';
import createImage from './creates/create_image.ts';
import createVideo from './creates/create_video.ts';
import describe from './creates/describe.ts';
import editMedia from './creates/edit_media.ts';
import enhance from './creates/enhance.ts';
import extendVideo from './creates/extend_video.ts';
import imagine from './creates/imagine.ts';
import inpaint from './creates/inpaint.ts';
import outpaint from './creates/outpaint.ts';
import pan from './creates/pan.ts';
import remix from './creates/remix.ts';
import removeBackground from './creates/remove_background.ts';
import reroll from './creates/reroll.ts';
import retexture from './creates/retexture.ts';
import runTask from './creates/run_task.ts';
import seed from './creates/seed.ts';
import shorten from './creates/shorten.ts';
import upscale from './creates/upscale.ts';
import upscaleVideo from './creates/upscale_video.ts';
import variation from './creates/variation.ts';
import video from './creates/video.ts';
import hydrators from './hydrators.ts';
import { addApiKey, explainRefusal, hideSecrets } from './middleware.ts';
import type { Operation } from './midjourney/operations.ts';
import packageJson from './package.json' with { type: 'json' };
import findTask from './searches/find_task.ts';
import findTasks from './searches/find_tasks.ts';
import getAccount from './searches/get_account.ts';
import finishedTaskInAccount from './triggers/finished_task_in_account.ts';
import relayAttention from './triggers/relay_attention.ts';
import taskFinished from './triggers/task_finished.ts';
import taskProgress from './triggers/task_progress.ts';

export default defineApp({
  version: packageJson.version,
  platformVersion,
  flags: {
    // Empty fields are handled where input is read.
    cleanInputData: false,
    // The service's own message helps more than core's "429".
    throwForThrottlingEarly: false,
    // z.request logs by itself; the patch would only log, and scrub, every call to z.cache.
    skipHttpPatch: true,
  },
  authentication,
  beforeRequest: [addApiKey],
  afterResponse: [hideSecrets, explainRefusal],
  triggers: {
    [taskFinished.key]: taskFinished,
    [taskProgress.key]: taskProgress,
    [finishedTaskInAccount.key]: finishedTaskInAccount,
    [relayAttention.key]: relayAttention,
  },
  creates: {
    imagine,
    upscale,
    variation,
    reroll,
    describe,
    blend,
    seed,
    pan,
    outpaint,
    inpaint,
    remix,
    enhance,
    retexture,
    remove_background: removeBackground,
    shorten,
    video,
    extend_video: extendVideo,
    upscale_video: upscaleVideo,
    create_video: createVideo,
    create_image: createImage,
    create_audio: createAudio,
    create_3d_model: create3dModel,
    edit_media: editMedia,
    run_task: runTask,
    cancel_task: cancelTask,
  } satisfies Record<Operation | 'cancel_task', object>,
  searches: {
    [findTask.key]: findTask,
    [findTasks.key]: findTasks,
    [getAccount.key]: getAccount,
  },
  // Last, for core looks through the app from its end for the function of each file pointer.
  hydrators,
});
