import { html } from './html.js';

/** Outlines on a field of 24 by 24. */
const PATHS = {
  tasks: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  attention: 'M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2v.1',
  figures: 'M4 20V4M4 20h16M8.5 16v-5M13 16V7M17.5 16v-3',
  clients:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-4 3-6 6.500-6s6.100 2 6.500 6M16 4.300a3.500 3.500 0 0 1 0 6.400M18 14.500c2 .8 3.200 2.700 3.500 5.500',
  search: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.200 15.200 20 20',
  download: 'M12 4v11M7.500 11 12 15.500 16.500 11M4.500 19.500h15',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  check: 'M4.500 12.500 10 18 19.500 7',
  again: 'M19.500 12a7.500 7.500 0 1 1-2.200-5.300L20 9M20 4v5h-5',
  film: 'M8.500 6.500v11l9-5.500z',
  audio:
    'M9 18V6l10-2v12M9 18a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0zM19 16a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0z',
  cube: 'M12 3 4 7.500v9L12 21l8-4.500v-9zM4 7.500 12 12l8-4.500M12 12v9',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9.500v.1',
  filters: 'M4 7h16M7 12h10M10 17h4',
};

/** @param {{ name: keyof typeof PATHS }} props */
export const Icon = ({ name }) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d=${PATHS[name]} />
  </svg>`;
