import { CopyButton } from './copy.js';
import { isRunning } from './filter.js';
import { title } from './format.js';
import { html, useState } from './html.js';
import { isWebLink, Picture, Words, Written } from './picture.js';

const Link = ({ link, name }) =>
  html`<p class="link">
    ${
      isWebLink(link)
        ? html`<a href=${link} target="_blank" rel="noreferrer">${name}</a>`
        : html`<span>${name}</span>`
    }
    <${CopyButton} text=${link} label="Copy Link" />
  </p>`;

function Player({ media, link, poster }) {
  const [expired, setExpired] = useState(false);
  const onError = () => setExpired(true);
  if (expired) {
    return html`<${Words} icon=${media === 'audio' ? 'audio' : 'film'} words="The link has expired" />`;
  }
  const shown = isWebLink(poster) ? poster : undefined;
  if (media === 'video') {
    return html`<video controls preload="metadata" src=${link} poster=${shown} onError=${onError}></video>`;
  }
  if (media === 'audio') {
    return html`<audio controls preload="metadata" src=${link} onError=${onError}></audio>`;
  }
  return shown && html`<${Picture} src=${shown} alt="Preview of the 3D model" lazy=${false} />`;
}

/** Midjourney gives four pictures and, before them, the grid of all of them. */
const nameOf = ({ model, links }, at) => {
  if (model === 'midjourney' && links.length === 5) {
    return at === 0 ? 'Grid' : `Picture ${at}`;
  }
  return links.length > 1 ? `Picture ${at + 1}` : 'Picture';
};

/** The results of a task in full. @param {{ task: object }} props */
export function Results({ task }) {
  const { media, links, picture, prompt, text } = task;
  const running = isRunning(task);
  const shown = media || links.length === 0 ? [picture].filter(Boolean) : links;
  const alt = (at) => `${nameOf(task, at)}: ${prompt.slice(0, 200)}`;
  if (media && links.length > 0) {
    return html`<div class="results one">
      ${isWebLink(links[0]) && html`<${Player} media=${media} link=${links[0]} poster=${picture} />`}
      ${links.map(
        (link, at) =>
          html`<${Link} key=${at} link=${link} name=${`${title(media)}${at > 0 ? ` ${at + 1}` : ''}`} />`,
      )}
    </div>`;
  }
  if (shown.length === 0 && text) {
    return html`<${Written} text=${text} /><${CopyButton} text=${text} label="Copy Text" />`;
  }
  if (shown.length === 0) {
    return html`<div class="results one">
      <div class="frame"><${Picture} src="" alt="" running=${running} media=${media} /></div>
    </div>`;
  }
  return html`<div class="results ${shown.length === 1 ? 'one' : ''}">
    ${shown.map(
      (link, at) =>
        html`<figure key=${at}>
          <${Picture} src=${link} alt=${alt(at)} running=${running} lazy=${at > 3} />
          ${
            links.length > 0 &&
            html`<figcaption>
              <${Link} link=${link} name=${nameOf(task, at)} />
            </figcaption>`
          }
        </figure>`,
    )}
  </div>`;
}
