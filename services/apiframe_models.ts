import type { Model } from './service.ts';

const IMAGE = ['images/generate'];
const VIDEO = ['videos/generate'];
const MUSIC = ['music/generate'];

/** Some of APIFRAME's models, and the addresses that start their jobs. Any other can be entered. */
export const APIFRAME_MODELS: readonly Model[] = [
  { model: 'nano-banana-2', label: 'Nano Banana 2 (pictures, editing)', taskTypes: IMAGE },
  { model: 'flux-2-pro', label: 'Flux 2 Pro (pictures)', taskTypes: IMAGE },
  { model: 'seedream-5-pro', label: 'Seedream 5 Pro (pictures)', taskTypes: IMAGE },
  { model: 'ideogram-v4-quality', label: 'Ideogram 4 (pictures with text)', taskTypes: IMAGE },
  { model: 'kling-3.0', label: 'Kling 3.0 (videos)', taskTypes: VIDEO },
  { model: 'veo-3.1', label: 'Veo 3.1 (videos with sound)', taskTypes: VIDEO },
  { model: 'sora-2', label: 'Sora 2 (videos with sound)', taskTypes: VIDEO },
  { model: 'seedance-2', label: 'Seedance 2 (videos)', taskTypes: VIDEO },
  { model: 'hailuo-2.3', label: 'Hailuo 2.3 (videos)', taskTypes: VIDEO },
  { model: 'luma-ray-2', label: 'Luma Ray 2 (videos)', taskTypes: VIDEO },
  { model: 'runway-gen4.5', label: 'Runway Gen-4.5 (videos)', taskTypes: VIDEO },
  { model: 'suno', label: 'Suno (songs)', taskTypes: [...MUSIC, 'music/suno/action'] },
  { model: 'elevenlabs-music', label: 'ElevenLabs Music (music)', taskTypes: MUSIC },
  {
    model: 'topaz-image-upscale',
    label: 'Topaz (enlarges pictures)',
    taskTypes: ['images/upscale'],
  },
  {
    model: 'bria-bg-remove',
    label: 'Bria (removes backgrounds)',
    taskTypes: ['images/background-remove'],
  },
];
