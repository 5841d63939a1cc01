import type { Operation } from '../midjourney/operations.ts';
import { LEGNEXT } from './legnext.ts';
import { PIAPI_UNIFIED } from './piapi_unified.ts';
import { PIAPI_V2 } from './piapi_v2.ts';
import type { Service } from './service.ts';

/** Every service that a connection can choose; the first is the default. */
export const SERVICES: readonly [Service, ...Service[]] = [PIAPI_V2, PIAPI_UNIFIED, LEGNEXT];

/** The service with this key; undefined when there is none. */
export const serviceOf = (key: string): Service | undefined =>
  SERVICES.find((service) => service.key === key);

/** Which services do this. */
export const servicesFor = (operation: Operation): readonly Service[] =>
  SERVICES.filter(({ operations }) => operations[operation]);
