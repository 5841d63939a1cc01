import type { HandlerResult } from './app_handler.ts';
import { meta, stepInput } from './bundle.ts';
import { renderLabel } from './connection_label.ts';
import { hasField, listing, type StepKind } from './definition.ts';
import { type Choices, fillDropdown, listOf } from './dropdown.ts';
import { outputList } from './output.ts';
import type { Invoke, Platform } from './platform.ts';
import { readPointer } from './pointer.ts';
import { PollingZap } from './polling_zap.ts';
import { runStep, type StepRun } from './step_run.ts';
import { Zap } from './zap.ts';

type Data = Record<string, unknown>;

export interface ConnectionOptions {
  readonly platform: Platform;
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
    const { platform, authData, token } = options;
    this.#options = options;
    this.#invoke = (method, bundle, { callbackUrl, storeKey } = {}) =>
      platform.handler({
        command: 'execute',
        method,
        bundle: { ...stepInput({}), meta: meta(), authData, ...bundle },
        token,
        ...(callbackUrl === undefined ? {} : { callback_url: callbackUrl }),
        ...(storeKey === undefined ? {} : { storeKey: `${token} ${storeKey}` }),
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
    const { platform, authData } = this.#options;
    const tested = await this.test();
    const label = platform.definition.authentication?.connectionLabel ?? '';
    if (typeof label === 'string' && !label.startsWith('$func$')) {
      return renderLabel(label, tested, authData);
    }
    const bundle = { inputData: tested };
    return String((await this.#invoke('authentication.connectionLabel', bundle)).results);
  }

  /** A Zap that starts with this REST hook trigger. */
  zap(trigger: string, inputData: Data = {}): Zap {
    const { platform, account } = this.#options;
    return new Zap({ platform, invoke: this.#invoke, account, trigger, inputData });
  }

  /** A Zap that starts with this polling trigger. */
  pollingZap(trigger: string, inputData: Data = {}): PollingZap {
    const { platform, account } = this.#options;
    return new PollingZap({ platform, invoke: this.#invoke, account, trigger, inputData });
  }

  /** What the editor shows when a trigger is tested: performList of a hook, perform of a poll. */
  async samples(trigger: string, inputData: Data = {}): Promise<Data[]> {
    const { method, paginates } = listing(this.#options.platform.definition, trigger);
    const bundle = { ...stepInput(inputData), meta: meta({ isLoadingSample: true }) };
    const options = paginates ? { storeKey: `samples of ${trigger}` } : {};
    return outputList((await this.#invoke(method, bundle, options)).results);
  }

  /** Runs an action; `editor` as the editor's test does, without `callback` as an agent does. */
  create(
    key: string,
    inputData: Data = {},
    { editor = false, callback = true } = {},
  ): Promise<StepRun> {
    const { platform } = this.#options;
    return platform.inFlight.track(
      runStep({ platform, invoke: this.#invoke, key, inputData, editor, callback }),
    );
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

  /** One page of the dropdown of a field, or the list that comes with it; for `page` see `Dropdown`. */
  async choices(
    kind: StepKind,
    key: string,
    field: string,
    inputData: Data = {},
    page?: string | number,
  ): Promise<Choices> {
    const { definition } = this.#options.platform;
    if (!hasField(definition, kind, key, field)) {
      const fields = await this.inputFields(kind, key, inputData);
      return listOf(fields.find((one) => one.key === field)?.choices);
    }
    return fillDropdown(definition, this.#invoke, { kind, key, field, inputData, page });
  }

  /** Runs the hydrator of a pointer; for a file the result is the stashed file's URL. */
  async hydrate(pointer: string): Promise<unknown> {
    const { method, bundle } = readPointer(pointer);
    return (await this.#invoke(method, stepInput(bundle))).results;
  }
}
