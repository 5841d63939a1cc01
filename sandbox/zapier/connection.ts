import * as zod from 'zod/mini';
import type { HandlerResult } from './app_handler.ts';
import { meta, stepInput } from './bundle.ts';
import { renderLabel } from './connection_label.ts';
import { choicesMethod, type StepKind } from './definition.ts';
import { outputList } from './output.ts';
import { readPointer } from './pointer.ts';
import { runStep, type StepRun } from './step_run.ts';
import type { Invoke, World } from './world.ts';
import { Zap } from './zap.ts';

type Data = Record<string, unknown>;

const choice = zod.object({ id: zod.union([zod.string(), zod.number()]), label: zod.string() });
const choices = zod.union([
  zod.object({
    results: zod.array(choice),
    paging_token: zod._default(zod.nullable(zod.string()), null),
  }),
  zod.pipe(
    zod.array(choice),
    zod.transform((results) => ({ results, paging_token: null })),
  ),
]);

/** One page of a dropdown. */
export interface Choices {
  readonly results: { id: string | number; label: string }[];
  readonly paging_token: string | null;
}

export interface ConnectionOptions {
  readonly world: World;
  readonly authData: Record<string, string>;
  /** Names the connection to the RPC endpoint. */
  readonly token: string;
  readonly account: string;
}

/** One connected account. Failing methods of the app reject with a SandboxStepError. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #invoke: Invoke;

  constructor(options: ConnectionOptions) {
    const { world, authData, token } = options;
    this.#options = options;
    this.#invoke = (method, bundle, callbackUrl) =>
      world.handler({
        command: 'execute',
        method,
        bundle: { ...stepInput({}), meta: meta(), authData, ...bundle },
        token,
        ...(callbackUrl === undefined ? {} : { callback_url: callbackUrl }),
      });
  }

  /** Any method of the app, by its path; `bundle` overrides the parts every bundle has. */
  invoke(method: string, bundle: Data): Promise<HandlerResult> {
    return this.#invoke(method, bundle);
  }

  /** What authentication.test returns. */
  async test(): Promise<unknown> {
    const bundle = { meta: meta({ isTestingAuth: true }) };
    return (await this.#invoke('authentication.test', bundle)).results;
  }

  /** The connection's name as the user sees it. */
  async label(): Promise<string> {
    const { world, authData } = this.#options;
    const tested = await this.test();
    const label = world.definition.authentication?.connectionLabel ?? '';
    if (typeof label === 'string' && !label.startsWith('$func$')) {
      return renderLabel(label, tested, authData);
    }
    const bundle = { inputData: tested };
    return String((await this.#invoke('authentication.connectionLabel', bundle)).results);
  }

  /** A Zap that starts with this trigger. */
  zap(trigger: string, inputData: Data = {}): Zap {
    const { world, account } = this.#options;
    return new Zap({ world, invoke: this.#invoke, account, trigger, inputData });
  }

  /** What the editor shows when a hook trigger is tested: performList. */
  async samples(trigger: string, inputData: Data = {}): Promise<Data[]> {
    const bundle = { ...stepInput(inputData), meta: meta({ isLoadingSample: true }) };
    return outputList(
      (await this.#invoke(`triggers.${trigger}.operation.performList`, bundle)).results,
    );
  }

  /** Runs an action; `editor` as the editor's test does. */
  create(key: string, inputData: Data = {}, { editor = false } = {}): Promise<StepRun> {
    const { world } = this.#options;
    return world.inFlight.track(runStep({ world, invoke: this.#invoke, key, inputData, editor }));
  }

  /** Runs a search. */
  async search(key: string, inputData: Data = {}): Promise<Data[]> {
    const bundle = stepInput(inputData);
    return outputList((await this.#invoke(`searches.${key}.operation.perform`, bundle)).results);
  }

  /** All input fields of a step, dynamic ones included, for what is filled in so far. */
  async inputFields(kind: StepKind, key: string, inputData: Data = {}): Promise<Data[]> {
    const bundle = stepInput(inputData);
    return outputList((await this.#invoke(`${kind}.${key}.operation.inputFields`, bundle)).results);
  }

  /** One page of the dropdown of a static field with `choices.perform`. */
  async choices(
    kind: StepKind,
    key: string,
    field: string,
    inputData: Data = {},
    pagingToken?: string,
  ): Promise<Choices> {
    const method = choicesMethod(this.#options.world.definition, kind, key, field);
    const filling = meta({ isFillingDynamicDropdown: true, paging_token: pagingToken });
    const { results } = await this.#invoke(method, { ...stepInput(inputData), meta: filling });
    return zod.parse(choices, results);
  }

  /** Runs the hydrator of a pointer; for a file the result is the stashed file's URL. */
  async hydrate(pointer: string): Promise<unknown> {
    const { method, bundle } = readPointer(pointer);
    return (await this.#invoke(method, stepInput(bundle))).results;
  }
}
