import type { Choice } from '../midjourney/choices.ts';
import type { Operation } from '../midjourney/operations.ts';

import { APIFRAME } from './apiframe.ts';
import { LEGNEXT } from './legnext.ts';
import { PIAPI_UNIFIED } from './piapi_unified.ts';
import { PIAPI_V2 } from './piapi_v2.ts';
import type { Service } from './service.ts';

/** Every service that a connection can choose, in this order. */
export const SERVICES: readonly Service[] = [LEGNEXT, APIFRAME, PIAPI_UNIFIED, PIAPI_V2];

/** That of connections, and of webhook URLs, from before there was a choice. */
export const FIRST_SERVICE: Service = PIAPI_V2;

/** The service with this key; undefined when there is none. */
export const serviceOf = (key: string): Service | undefined =>
  SERVICES.find((service) => service.key === key);

/** Which services do this. */
export const servicesFor = (operation: Operation): readonly Service[] =>
  SERVICES.filter(({ operations }) => operations[operation]);

/** The choices of a connection: each says what it is for. */
export const SERVICE_CHOICES: readonly Choice[] = SERVICES.map(({ key, name, purpose }) => ({
  value: key,
  label: `${name} – ${purpose}`,
  names: [name],
}));
