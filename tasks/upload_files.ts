import type { ZObject } from 'zapier-platform-core';
import type { FilledForm } from '../fields/model_step.ts';
import type { Connection } from '../services/connection.ts';

/** A form with its files handed to the service first. */
export async function withUploads(
  _z: ZObject,
  _connection: Connection,
  form: FilledForm,
  _end: number,
): Promise<FilledForm> {
  return form;
}
