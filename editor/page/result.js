import { html, nothing } from 'lit-html';
import { state } from './state.js';

const isEmpty = (value) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

const labelOf = (key, fields) => fields.find((field) => field.key === key)?.label ?? key;

const text = (value) =>
  typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value);

/** The files that a later step could map, as pictures. */
function pictures(result, fields) {
  const files = fields
    .filter(({ key, type }) => type === 'file' && !key.includes('[]') && result[key])
    .map(({ key, label }) => ({ label, url: result[key] }));
  return files.length === 0
    ? nothing
    : html`<div class="pictures">
        ${files.map(
          ({ label, url }) =>
            html`<figure><img src=${url} alt=${label} /><figcaption>${label}</figcaption></figure>`,
        )}
      </div>`;
}

function oneResult(result, fields) {
  const shown = Object.entries(result).filter(([, value]) => !isEmpty(value));
  return html`
    ${result.hint ? html`<p class="notice">${result.hint}</p>` : nothing}
    ${pictures(result, fields)}
    <table>
      ${shown.map(
        ([key, value]) =>
          html`<tr>
            <th>${labelOf(key, fields)}<code>${key}</code></th>
            <td>${text(value)}</td>
          </tr>`,
      )}
    </table>
  `;
}

/** What the last test gave. */
export function testResult() {
  const { result } = state;
  if (!result) {
    return nothing;
  }
  if (result.error) {
    return html`<p class="error" id="error">${result.error}</p>`;
  }
  return html`<div id="result">
    ${
      result.results.length === 0
        ? html`<p class="notice">Nothing was found.</p>`
        : result.results.slice(0, 3).map((one) => oneResult(one, result.fields))
    }
  </div>`;
}
