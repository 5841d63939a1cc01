import type { Model } from './service.ts';

/**
 * The well-known models of PiAPI's unified API and the types of their tasks, as its pages name
 * them. Any other can be entered.
 */
export const PIAPI_MODELS: readonly Model[] = [
  {
    model: 'Qubico/flux1-schnell',
    label: 'Flux Schnell (pictures, fast)',
    taskTypes: ['txt2img', 'img2img'],
  },
  {
    model: 'Qubico/flux1-dev',
    label: 'Flux Dev (pictures)',
    taskTypes: ['txt2img', 'img2img'],
  },
  {
    model: 'Qubico/flux1-dev-advanced',
    label: 'Flux Dev Advanced (pictures, editing)',
    taskTypes: [
      'txt2img-lora',
      'img2img-lora',
      'controlnet-lora',
      'fill-inpaint',
      'fill-outpaint',
      'redux-variation',
      'kontext',
    ],
  },
  {
    model: 'kling',
    label: 'Kling (videos)',
    taskTypes: ['video_generation', 'extend_video', 'lip_sync', 'effects'],
  },
  { model: 'kling-turbo', label: 'Kling Turbo (videos)', taskTypes: ['video_generation'] },
  { model: 'luma', label: 'Luma Dream Machine (videos)', taskTypes: ['video_generation'] },
  { model: 'hailuo', label: 'Hailuo (videos)', taskTypes: ['video_generation'] },
  {
    model: 'Qubico/hunyuan',
    label: 'Hunyuan (videos)',
    taskTypes: [
      'txt2video',
      'fast-txt2video',
      'txt2video-lora',
      'img2video-concat',
      'img2video-replace',
    ],
  },
  { model: 'Qubico/hug-video', label: 'Hug (videos)', taskTypes: ['image_to_video'] },
  {
    model: 'music-u',
    label: 'Udio (music)',
    taskTypes: ['generate_music', 'generate_lyrics'],
  },
  {
    model: 'Qubico/diffrhythm',
    label: 'DiffRhythm (music)',
    taskTypes: ['txt2audio-base', 'txt2audio-full'],
  },
  { model: 'Qubico/mmaudio', label: 'MMAudio (sound for videos)', taskTypes: ['video2audio'] },
  { model: 'Qubico/image-toolkit', label: 'Image Toolkit', taskTypes: ['face-swap'] },
  {
    model: 'Qubico/trellis',
    label: 'Trellis (3D models)',
    taskTypes: ['image-to-3d', 'text-to-3d'],
  },
];
