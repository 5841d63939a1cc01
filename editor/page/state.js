/** What the page shows; a change is drawn by `onChange`. */
export const state = {
  kinds: [],
  services: [],
  service: '',
  kind: 'creates',
  step: undefined,
  /** What is filled in, by field. */
  inputData: {},
  fields: [],
  /** Loaded dropdowns, by field. */
  choices: {},
  result: undefined,
  busy: false,
};

let draw = () => {};
export const onChange = (callback) => {
  draw = callback;
};

async function ask(path, body) {
  const answer = await fetch(
    path,
    body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
  );
  if (!answer.ok) {
    throw new Error((await answer.json()).message);
  }
  return answer.json();
}

const chosen = () => {
  const { service, kind, step, inputData } = state;
  return { service, kind, key: step.key, inputData };
};

/** The fields for what is filled in so far; a new field comes with its default, as in the editor. */
async function loadFields() {
  state.fields = await ask('/api/fields', chosen());
  const defaults = state.fields.filter((field) => field.default && !(field.key in state.inputData));
  for (const field of defaults) {
    state.inputData[field.key] = field.default;
  }
  if (defaults.some((field) => field.altersDynamicFields)) {
    state.fields = await ask('/api/fields', chosen());
  }
  draw();
}

export async function start() {
  Object.assign(state, await ask('/api/definition'));
  state.service = state.services[0].key;
  const [kind, key] = location.hash.slice(1).split('.');
  const steps = state.kinds.find((one) => one.kind === kind)?.steps ?? [];
  const creates = state.kinds.find((one) => one.kind === 'creates').steps;
  const step = steps.find((one) => one.key === key);
  await open(step ? kind : 'creates', step ?? creates[0]);
}

export async function open(kind, step) {
  Object.assign(state, { kind, step, inputData: {}, choices: {}, result: undefined, fields: [] });
  history.replaceState(null, '', `#${kind}.${step.key}`);
  // Without fields for a moment, so that groups that were opened are closed in the next step.
  draw();
  await loadFields();
}

export async function useService(service) {
  Object.assign(state, { service, choices: {}, result: undefined });
  await loadFields();
}

export async function fill(field, value) {
  if (value === '' || (Array.isArray(value) && value.length === 0)) {
    delete state.inputData[field.key];
  } else {
    state.inputData[field.key] = value;
  }
  if (field.altersDynamicFields) {
    state.choices = {};
    await loadFields();
  } else {
    draw();
  }
}

export async function loadChoices(field) {
  const page = state.choices[field.key]?.paging_token ?? undefined;
  const { results, paging_token } = await ask('/api/choices', {
    ...chosen(),
    field: field.key,
    ...(page && { page }),
  });
  const before = page ? state.choices[field.key].results : [];
  state.choices[field.key] = { results: [...before, ...results], paging_token };
  draw();
}

export async function test() {
  Object.assign(state, { busy: true, result: undefined });
  draw();
  try {
    state.result = await ask('/api/test', chosen());
  } catch (error) {
    state.result = { error: error.message };
  }
  state.busy = false;
  draw();
}
