import type { FastifyInstance } from 'fastify';
import type { RequestLog } from './request_log.ts';
import type { ServiceSettings } from './settings.ts';
import type { StoredTask } from './stored_task.ts';
import type { TaskEngine } from './task_engine.ts';
import type { View } from './task_format.ts';
import type { TaskStore } from './task_store.ts';

/** What the APIs of one stand-in share. */
export interface Parts {
  readonly settings: ServiceSettings;
  readonly store: TaskStore;
  readonly engine: TaskEngine;
  readonly log: RequestLog;
  viewOf(task: StoredTask): View;
}

/** Adds the routes of an API, whose refusals the scope's own handler answers. */
export type AddRoutes = (scope: FastifyInstance, parts: Parts) => void;
