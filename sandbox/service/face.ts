import type { FastifyInstance } from 'fastify';
import type { RequestLog } from './request_log.ts';
import type { Plan, ServiceSettings } from './settings.ts';
import type { StoredTask } from './stored_task.ts';
import type { TaskEngine } from './task_engine.ts';
import type { TaskStore } from './task_store.ts';

/** How one dialect of an API tells of a task. Every call makes new objects. */
export interface Face {
  /** As its owner sees it now. */
  show(task: StoredTask): object;
  /** The webhook bodies that tell of its present state: one, if no fault says otherwise. */
  tell(task: StoredTask): readonly object[];
}

/** From where a task is looked at. */
export interface View {
  readonly plan: Plan;
  /** Where images are served from, without a slash at the end. */
  readonly url: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What the faces of one stand-in share. */
export interface Parts {
  readonly settings: ServiceSettings;
  readonly store: TaskStore;
  readonly engine: TaskEngine;
  readonly log: RequestLog;
  viewOf(task: StoredTask): View;
}

/** Adds the routes of a face; refusals are worded by the scope's own handler. */
export type AddFace = (scope: FastifyInstance, parts: Parts) => void;
