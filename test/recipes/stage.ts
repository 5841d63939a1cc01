import path from 'node:path';
import { type RunningTemplate, runTemplate } from '../../recipes/run_template.ts';
import type { Data, OtherAppCall, Stage } from '../../recipes/run_zap.ts';
import { readTemplates, type Template } from '../../recipes/template.ts';
import type { ServiceKey } from '../../sandbox/start_service.ts';
import type { HttpServer } from '../support/http_server.ts';
import { startPictures } from '../support/parents.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

/** Small pictures are drawn quickly. */
const SIDE = 16;

/** Both outside worlds, a server with a picture, and the templates of docs/templates. */
export class TemplateStage {
  readonly worlds: Worlds;
  /** A link to a PNG. */
  readonly picture: string;
  readonly #templates: ReadonlyMap<string, Template>;
  readonly #pictures: HttpServer;

  private constructor(
    worlds: Worlds,
    pictures: HttpServer,
    templates: ReadonlyMap<string, Template>,
  ) {
    this.worlds = worlds;
    this.picture = pictures.url;
    this.#pictures = pictures;
    this.#templates = templates;
  }

  static async start(service: ServiceKey): Promise<TemplateStage> {
    const templates = await readTemplates(path.resolve('docs/templates'));
    const worlds = await startWorlds({ service, images: { width: SIDE, height: SIDE } });
    if (service === 'piapi_unified') {
      // A step that waits there is called by a Zap that listens, whichever it is.
      await worlds.listen('task_finished', { reference: 'of-nobody' });
    }
    return new TemplateStage(worlds, await startPictures(SIDE), templates);
  }

  /** Switches a template's Zaps on. */
  run(key: string, answer?: Stage['answer']): Promise<RunningTemplate> {
    const template = this.#templates.get(`${key}.json`);
    if (!template) {
      throw new Error(`There is no template ${key}.`);
    }
    return runTemplate(template, { account: this.worlds.account, ...(answer && { answer }) });
  }

  /** Waits until all tasks have ended and all Zaps that listen have run. */
  async settled(running: RunningTemplate): Promise<void> {
    await this.worlds.settled();
    await running.settled();
    await this.worlds.settled();
  }

  /** The names of the files that an input's URLs lead to; all are PNGs. */
  filesIn(...urls: unknown[]): string[] {
    return urls.flat().map((url) => {
      const file = this.worlds.zapier.files.get(String(url));
      expect(file?.contentType).toBe('image/png');
      expect(file?.content.subarray(1, 4).toString()).toBe('PNG');
      return file?.filename ?? '';
    });
  }

  async stop(): Promise<void> {
    await this.#pictures.stop();
    await this.worlds.stop();
  }
}

/** The inputs of the calls of one app. */
export const inputsOf = (calls: readonly OtherAppCall[], app: string): Data[] =>
  calls.filter((call) => call.app === app).map(({ input }) => input);

/** The two tools of Zapier's Formatter that templates use. */
export const formatter = ({ action, input }: OtherAppCall): Data | undefined => {
  if (action === 'Extract Pattern') {
    return { output: new RegExp(String(input.pattern)).exec(String(input.text))?.[0] ?? '' };
  }
  if (action === 'Lookup Table') {
    const keys = [input.keys].flat();
    return { output: [input.values].flat()[keys.indexOf(input.lookup_key)] ?? '' };
  }
  return undefined;
};
