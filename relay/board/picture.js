import { html, useState } from './html.js';
import { Icon } from './icons.js';

/** Only these are shown or can be clicked: data may hold `javascript:` links. */
export function isWebLink(link) {
  try {
    return ['http:', 'https:'].includes(new URL(link).protocol);
  } catch {
    return false;
  }
}

const MEDIA = { video: ['film', 'Video'], audio: ['audio', 'Audio'], '3d': ['cube', '3D Model'] };

/** A result that is no file: a description, prompts, a seed. */
export const Written = ({ text }) => html`<p class="written">${text}</p>`;

export const Words = ({ icon, words }) =>
  html`<div class="no-picture"><${Icon} name=${icon} /><span>${words}</span></div>`;

/**
 * A picture, or words in its place.
 * @param {{ src: string, alt: string, running?: boolean, media?: string, lazy?: boolean }} props
 */
export function Picture({ src, alt, running = false, media = '', lazy = true }) {
  // The link that failed: a preview that expired says nothing of the picture that follows it.
  const [failed, setFailed] = useState('');
  const broken = failed !== '' && failed === src;
  if (isWebLink(src) && !broken) {
    return html`<img
      src=${src}
      alt=${alt}
      loading=${lazy ? 'lazy' : 'eager'}
      decoding="async"
      onError=${() => setFailed(src)}
    />`;
  }
  if (broken && !running) {
    return html`<${Words} icon="picture" words="The link has expired" />`;
  }
  const [icon, words] = (!running && MEDIA[media]) || ['picture', 'No picture yet'];
  return html`<${Words} icon=${icon} words=${running || media ? words : 'No picture'} />`;
}
