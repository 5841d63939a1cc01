/** A family of models: one object of parameters in a body, of which each model knows some. */
export interface Family {
  readonly params: string;
  /** Characters that the prompt may have; without it there is no prompt. */
  readonly prompt?: number;
  /** Whether the parameters must be there. */
  readonly required?: true;
  /** With spaces between them. */
  readonly models: string;
}

/** The models by route below `/v2`, as in the vendor's OpenAPI file of July 2026. */
export const FAMILIES: Readonly<Record<string, readonly Family[]>> = {
  'images/generate': [
    { params: 'midjourneyParams', prompt: 2000, models: 'midjourney' },
    {
      params: 'nanoBananaParams',
      prompt: 2000,
      models: 'nano-banana nano-banana-pro nano-banana-2 nano-banana-2-lite',
    },
    {
      params: 'fluxParams',
      prompt: 2000,
      models: 'flux-1.1-pro flux-1.1-pro-ultra flux-2-pro flux-2-dev flux-2-flex flux-2-max',
    },
    {
      params: 'seedreamParams',
      prompt: 2000,
      models: 'seedream-3 seedream-3.1 seedream-4 seedream-4.5 seedream-5-lite seedream-5-pro',
    },
    {
      params: 'ideogramParams',
      prompt: 2000,
      models:
        'ideogram-v2 ideogram-v2-turbo ideogram-v2a ideogram-v2a-turbo ideogram-v3-balanced ideogram-v3-turbo ideogram-v3-quality ideogram-v4-balanced ideogram-v4-turbo ideogram-v4-quality',
    },
    { params: 'ideogramParams', prompt: 2000, required: true, models: 'ideogram-character' },
    {
      params: 'stableDiffusionParams',
      prompt: 2000,
      models:
        'stable-diffusion-3.5-large stable-diffusion-3.5-large-turbo stable-diffusion-3.5-medium stable-diffusion-3',
    },
    {
      params: 'imagenParams',
      prompt: 2000,
      models: 'imagen-3 imagen-3-fast imagen-4 imagen-4-ultra imagen-4-fast',
    },
    { params: 'dalleParams', prompt: 2000, models: 'dall-e-3 dall-e-2' },
    { params: 'gptImageParams', prompt: 2000, models: 'gpt-image-1.5' },
    { params: 'gptImage2Params', prompt: 2000, models: 'gpt-image-2' },
    { params: 'klingImageParams', prompt: 2000, models: 'kling-image' },
    { params: 'qwenImageParams', prompt: 2000, models: 'qwen-image' },
    { params: 'qwenImage2Params', prompt: 2000, models: 'qwen-image-2 qwen-image-2-pro' },
    { params: 'wanImageParams', prompt: 2000, models: 'wan-image-2.6' },
    { params: 'wanImage27Params', prompt: 5000, models: 'wan-image-2.7 wan-image-2.7-pro' },
    { params: 'grokImagineParams', prompt: 2000, models: 'grok-imagine-image' },
    { params: 'reveParams', prompt: 2000, models: 'reve-create' },
    { params: 'fluxLoraParams', prompt: 2000, required: true, models: 'flux-lora' },
  ],
  'images/upscale': [
    { params: 'topazUpscaleParams', required: true, models: 'topaz-image-upscale' },
    { params: 'clarityUpscaleParams', required: true, models: 'clarity-upscale' },
  ],
  'images/edit': [{ params: 'fluxFillParams', required: true, models: 'flux-fill-pro' }],
  'images/background-remove': [
    { params: 'briaBgRemoveParams', required: true, models: 'bria-bg-remove' },
    { params: 'lab851BgRemoveParams', required: true, models: '851-bg-remove' },
  ],
  'videos/generate': [
    {
      params: 'klingParams',
      prompt: 4000,
      models: 'kling-2.1 kling-2.1-master kling-2.5-turbo-pro kling-2.6 kling-3.0 kling-3.0-omni',
    },
    { params: 'klingParams', prompt: 4000, required: true, models: 'kling-3.0-motion-control' },
    { params: 'soraParams', prompt: 4000, models: 'sora-2 sora-2-pro' },
    {
      params: 'seedanceParams',
      prompt: 4000,
      models:
        'seedance-1-lite seedance-1-pro seedance-1-pro-fast seedance-1.5-pro seedance-2 seedance-2-fast seedance-2-mini seedance-2.5',
    },
    { params: 'midjourneyVideoParams', prompt: 4000, required: true, models: 'midjourney-video' },
    {
      params: 'veoParams',
      prompt: 4000,
      models: 'veo-2 veo-3 veo-3-fast veo-3.1 veo-3.1-fast veo-3.1-lite',
    },
    { params: 'grokImagineVideoParams', prompt: 5000, models: 'grok-imagine-video' },
    {
      params: 'hailuoParams',
      prompt: 2000,
      models: 'hailuo-02 hailuo-2.3 hailuo-2.3-fast hailuo-03',
    },
    { params: 'lumaParams', prompt: 4000, models: 'luma-ray-2 luma-ray-flash-2' },
    { params: 'wanParams', prompt: 4000, models: 'wan-2.5 wan-2.5-fast wan-2.6 wan-2.6-flash' },
    { params: 'wan27Params', prompt: 5000, models: 'wan-2.7' },
    { params: 'wan27R2vParams', prompt: 5000, required: true, models: 'wan-2.7-r2v' },
    { params: 'happyhorse10Params', prompt: 2500, models: 'happyhorse-1.0' },
    { params: 'happyhorse11Params', prompt: 2500, models: 'happyhorse-1.1' },
    { params: 'runwayParams', prompt: 4000, models: 'runway-gen4-turbo runway-gen4.5' },
  ],
  'videos/upscale': [{ params: 'topazVideoParams', required: true, models: 'topaz-video-upscale' }],
  'videos/edit': [
    { params: 'wan27VideoeditParams', prompt: 5000, required: true, models: 'wan-2.7-videoedit' },
  ],
  'music/generate': [
    { params: 'sunoParams', prompt: 5000, models: 'suno' },
    { params: 'udioParams', prompt: 5000, models: 'udio' },
    { params: 'producerParams', prompt: 5000, models: 'producer' },
    { params: 'lyriaParams', prompt: 5000, models: 'lyria-3-clip lyria-3-pro' },
    { params: 'elevenlabsParams', prompt: 5000, models: 'elevenlabs-music' },
    { params: 'murekaParams', prompt: 1024, models: 'mureka' },
  ],
};
