import { formatAddress } from './address.js';
import { ANY } from './filter.js';
import { number } from './format.js';
import { html, useEffect } from './html.js';
import { Icon } from './icons.js';

const NAMES = {
  tasks: 'Tasks',
  attention: 'Needs Somebody',
  figures: 'Figures',
  clients: 'Clients',
};

const LIVE = { connecting: 'Connecting…', live: 'Live', lost: 'Connection lost, trying again…' };

function NavLink({ view, address, go, badge }) {
  const target = {
    ...address,
    view,
    task: '',
    connection: '',
    filter: { ...ANY, client: address.filter.client },
  };
  const open = (event) => {
    if (!event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      go(target, 'push');
      scrollTo({ top: 0, behavior: 'instant' });
    }
  };
  return html`<li>
    <a
      href=${formatAddress(target)}
      aria-current=${address.view === view ? 'page' : undefined}
      onClick=${open}
    >
      <${Icon} name=${view} /> <span>${NAMES[view]}</span>
      ${badge > 0 && html`<b class="badge">${number(badge)}<span class="hidden">${badge === 1 ? ' matter' : ' matters'}</span></b>`}
    </a>
  </li>`;
}

/**
 * The head of the page and the ways through it.
 * @param {{ address: object, go: Function, live: keyof typeof LIVE, matters: number,
 *   children: unknown }} props
 */
export function Page({ address, go, live, matters, children }) {
  useEffect(() => {
    document.title = `${matters > 0 ? `(${number(matters)}) ` : ''}${NAMES[address.view]} · Relay Board`;
  }, [address.view, matters]);
  return html`<a class="skip" href="#main">Skip to Content</a>
    <header class="top">
      <a class="logo" href=${location.pathname} aria-label="Board, Start Page">
        <img src="board/icon.svg" alt="" width="30" height="30" />
      </a>
      <nav aria-label="Views">
        <ul role="list">
          ${Object.keys(NAMES).map(
            (view) =>
              html`<${NavLink}
                key=${view}
                view=${view}
                address=${address}
                go=${go}
                badge=${view === 'attention' ? matters : 0}
              />`,
          )}
        </ul>
      </nav>
      <p class="live" data-state=${live} role="status"><i></i> <span>${LIVE[live]}</span></p>
    </header>
    <main id="main" tabindex="-1">${children}</main>`;
}
