import { useBoard } from './context.js';
import { html, useState } from './html.js';
import { Icon } from './icons.js';

/** Downloads the tasks that fit. @param {{ query: object }} props the filter as the relay takes it */
export function SaveCsv({ query }) {
  const { api, announce } = useBoard();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const save = async () => {
    setBusy(true);
    setError('');
    try {
      const content = await (await api.open('tasks.csv', { query })).blob();
      const link = document.createElement('a');
      link.href = URL.createObjectURL(content);
      link.download = 'tasks.csv';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      announce('The file is saved.');
    } catch (problem) {
      setError(problem.message);
    }
    setBusy(false);
  };
  return html`<button type="button" class="quiet" disabled=${busy} onClick=${save}>
      <${Icon} name="download" /> ${busy ? 'Preparing…' : 'Download CSV'}
    </button>
    ${error && html`<span class="error-line" role="alert">${error}</span>`}`;
}
