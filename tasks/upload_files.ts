import type { ZObject } from 'zapier-platform-core';
import { failed } from '../errors/errors.ts';
import { inputError } from '../fields/checked_input.ts';
import { fetchFile } from '../fields/fetch_file.ts';
import type { FilledForm } from '../fields/model_step.ts';
import { fileTypeOf } from '../midjourney/file_type.ts';
import { type Connection, uploadBase } from '../services/connection.ts';
import type { ModelField } from '../services/models/model_entry.ts';
import type { Upload } from '../services/service.ts';

/** Leaves time to start the task. */
const RESERVE_MILLISECONDS = 6_000;

interface Uploading {
  readonly z: ZObject;
  readonly connection: Connection;
  readonly upload: Upload;
  /** Epoch milliseconds. */
  readonly end: number;
}

const megabytes = (bytes: number): string => `${bytes / 1_000_000} MB`;

/** Hands one file to the service. @returns its link there @throws why not, before anything is started */
async function uploaded(
  { z, connection, upload, end }: Uploading,
  label: string,
  url: string,
): Promise<string> {
  const { service } = connection;
  const smaller = 'Choose a smaller file, or set Upload Files First to no';
  const left = () => Math.max(1, end - RESERVE_MILLISECONDS - Date.now());
  const content = await fetchFile(z, {
    ...{ label, url, smaller },
    bytes: upload.largest('video'),
    milliseconds: left(),
  });
  const type = fileTypeOf(content);
  if (!type || !upload.extensions.includes(type.extension)) {
    throw inputError(z, [
      `${label}: ${service.label} takes files of these types: ${upload.extensions.join(', ')}. Choose one of them, or set Upload Files First to no.`,
    ]);
  }
  const most = upload.largest(type.kind);
  if (content.length > most) {
    throw inputError(z, [`${label}: The file is larger than ${megabytes(most)}. ${smaller}.`]);
  }
  const { path, contentType, body } = await upload.request({
    name: `file.${type.extension}`,
    content,
  });
  const response = await z.request<unknown>({
    url: uploadBase(connection) + path,
    method: 'POST',
    body,
    headers: { 'content-type': contentType },
    timeout: left(),
    middlewareData: { startsTask: true },
  });
  const link = upload.read(response.data);
  if (link === '') {
    throw failed(
      z,
      `${label}: ${service.label} did not say where it keeps the file. Nothing was started. Try again in a few minutes, or set Upload Files First to no.`,
      'not_uploaded',
    );
  }
  return link;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** A value of a field with each of its links replaced. */
async function withLinks(
  { type, children = [] }: ModelField,
  value: unknown,
  replace: (url: string) => Promise<string>,
): Promise<unknown> {
  if (Array.isArray(value) && children.length > 0) {
    const rows = value.map(async (row: unknown) =>
      Object.fromEntries(
        await Promise.all(
          Object.entries(Object(row)).map(async ([key, part]) => {
            const child = children.find((one) => one.key === key);
            return [key, child ? await withLinks(child, part, replace) : part] as const;
          }),
        ),
      ),
    );
    return Promise.all(rows);
  }
  if (type !== 'file') {
    return value;
  }
  return Array.isArray(value)
    ? Promise.all(value.map((one: unknown) => (isText(one) ? replace(one) : one)))
    : isText(value)
      ? replace(value)
      : value;
}

/**
 * A form with its files handed to the service first.
 * @param end epoch milliseconds by which the step has to be done
 * @throws why one of them cannot be used, before anything is started
 */
export async function withUploads(
  z: ZObject,
  connection: Connection,
  { entry, values }: FilledForm,
  end: number,
): Promise<FilledForm> {
  const { upload } = connection.service;
  if (!upload) {
    return { entry, values };
  }
  const uploading = { z, connection, upload, end };
  const replaced = await Promise.all(
    [...values].map(async ([key, value]) => {
      const field = entry.fields.find((one) => one.key === key);
      const next = field
        ? await withLinks(field, value, (url) => uploaded(uploading, field.label, url))
        : value;
      return [key, next] as const;
    }),
  );
  return { entry, values: new Map(replaced) };
}
