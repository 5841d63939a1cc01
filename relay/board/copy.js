import { useBoard } from './context.js';
import { html, useEffect, useState } from './html.js';
import { Icon } from './icons.js';

/** Puts a text on the clipboard. @param {{ text: string, label: string }} props e.g. "Copy Link" */
export function CopyButton({ text, label }) {
  const { announce } = useBoard();
  const [state, setState] = useState('');
  useEffect(() => {
    const timer = state && setTimeout(() => setState(''), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('Copied');
      announce('Copied');
    } catch {
      setState('Not Allowed Here');
      announce('The browser does not allow copying here.');
    }
  };
  return html`<button type="button" class="small" onClick=${copy}>
    <${Icon} name=${state === 'Copied' ? 'check' : 'copy'} /> ${state || label}
  </button>`;
}
