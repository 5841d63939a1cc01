/** Seconds before each new attempt; the last one is kept. */
const PAUSES = [1, 2, 4, 7, 10];
/** The relay sends a comment every 15 s. */
const SILENCE = 40_000;

/**
 * Reads a text/event-stream in pieces of any size.
 * @param {(event: string, data: string) => void} onEvent
 * @returns {(text: string) => void}
 */
function eventParser(onEvent) {
  let buffer = '';
  return (text) => {
    buffer += text;
    const blocks = buffer.split(/\r?\n\r?\n/);
    buffer = blocks.pop();
    for (const block of blocks) {
      let event = '';
      const data = [];
      for (const line of block.split(/\r?\n/)) {
        const [, name, value] = /^(event|data): ?(.*)$/.exec(line) ?? [];
        if (name === 'event') {
          event = value;
        } else if (name === 'data') {
          data.push(value);
        }
      }
      if (event || data.length > 0) {
        onEvent(event || 'message', data.join('\n'));
      }
    }
  };
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const visible = () =>
  new Promise((resolve) => {
    const check = () => {
      if (!document.hidden) {
        document.removeEventListener('visibilitychange', check);
        resolve();
      }
    };
    document.addEventListener('visibilitychange', check);
    check();
  });

/** Reads until the relay ends it, or is silent for too long. */
async function readStream(response, controller, onEvent) {
  const feed = eventParser(onEvent);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const silence = setTimeout(() => controller.abort(), SILENCE);
    const { done, value } = await reader.read().finally(() => clearTimeout(silence));
    if (done) {
      return;
    }
    feed(value);
  }
}

/**
 * Listens for tasks that start, move or end, and connects again by itself. A tab that is hidden does
 * not: browsers open only six connections to a relay, all tabs together.
 * @param {ReturnType<import('./api.js').createApi>} api
 * @param {{ onTask: (task: object) => void, onReady: () => void, onLost: () => void }} callbacks
 * @returns {() => void} stops it
 */
export function listen(api, { onTask, onReady, onLost }) {
  let stopped = false;
  let failures = 0;
  let controller = new AbortController();
  const onEvent = (event, data) => {
    if (stopped) {
      return;
    }
    if (event === 'ready') {
      failures = 0;
      onReady();
    } else if (event === 'task') {
      onTask(JSON.parse(data));
    }
  };
  const hidden = () => document.hidden && controller.abort();
  document.addEventListener('visibilitychange', hidden);

  const run = async () => {
    while (!stopped) {
      await visible();
      if (stopped) {
        return;
      }
      controller = new AbortController();
      try {
        await readStream(
          await api.open('live', { signal: controller.signal }),
          controller,
          onEvent,
        );
      } catch {
        // Whatever ended it, it is tried again.
      }
      if (stopped || document.hidden) {
        continue;
      }
      onLost();
      await sleep(PAUSES[Math.min(failures, PAUSES.length - 1)] * 1000);
      failures += 1;
    }
  };
  run();
  return () => {
    stopped = true;
    document.removeEventListener('visibilitychange', hidden);
    controller.abort();
  };
}
