import type { ZObject } from 'zapier-platform-core';
import { failed, sentenceOf } from '../errors/errors.ts';
import { inputError } from '../fields/checked_input.ts';
import { fetchFile, tooLarge } from '../fields/fetch_file.ts';
import type { FilledForm } from '../fields/model_step.ts';
import { fileTypeOf } from '../midjourney/file_type.ts';
import { isNetworkFailure } from '../services/call.ts';
import { type Connection, uploadBase } from '../services/connection.ts';
import type { ModelField } from '../services/models/model_entry.ts';
import type { Upload } from '../services/upload.ts';

/** Leaves time to start the task. */
const RESERVE_MILLISECONDS = 6_000;

interface Uploading {
  readonly z: ZObject;
  readonly connection: Connection;
  readonly upload: Upload;
  /** Epoch milliseconds. */
  readonly end: number;
}

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
  if (content.length === 0) {
    throw inputError(z, [`${label}: The file is empty. Choose another one.`]);
  }
  if (!type && /^\s*</.test(content.subarray(0, 100).toString())) {
    throw inputError(z, [
      `${label}: The link leads to a web page and not to a file. Choose the file of an earlier step, or enter a link that ends in the file itself.`,
    ]);
  }
  if (!type || !upload.extensions.includes(type.extension)) {
    throw inputError(z, [
      `${label}: ${service.label} takes files of these types: ${upload.extensions.join(', ')}. Choose one of them, or set Upload Files First to no.`,
    ]);
  }
  const most = upload.largest(type.kind);
  if (content.length > most) {
    throw inputError(z, [`${label}: ${tooLarge(most, smaller)}`]);
  }
  const { path, contentType, body } = await upload.request({
    name: `file.${type.extension}`,
    content,
  });
  const notUploaded = (reason: string): Error =>
    failed(
      z,
      `${label}: ${reason} Nothing was started. Try again in a few minutes, or set Upload Files First to no.`,
      'not_uploaded',
    );
  const response = await z
    .request<unknown>({
      url: uploadBase(connection) + path,
      method: 'POST',
      body,
      headers: { 'content-type': contentType },
      timeout: left(),
    })
    .catch((error: unknown) => {
      if (isNetworkFailure(error)) {
        throw notUploaded(`${service.label} could not be reached to hand it the file.`);
      }
      const sentence = sentenceOf(error);
      const isOfAccount =
        error instanceof z.errors.ExpiredAuthError || error instanceof z.errors.ThrottledError;
      throw sentence === undefined || isOfAccount
        ? error
        : notUploaded(`The file could not be handed over. ${sentence}`);
    });
  const link = upload.read(response.data);
  if (!URL.canParse(link)) {
    throw notUploaded(`${service.label} did not say where it keeps the file.`);
  }
  return link;
}

type Replace = (url: string) => Promise<string>;

/** A value of a field with each of its links replaced; a list by its entries, a row by its parts. */
async function withLinks(field: ModelField, value: unknown, replace: Replace): Promise<unknown> {
  if (Array.isArray(value)) {
    return Promise.all(value.map((one: unknown) => withLinks(field, one, replace)));
  }
  if (field.children) {
    const parts = new Map(Object.entries(Object(value)));
    return Object.fromEntries(await allWithLinks(field.children, parts, () => replace));
  }
  return field.type === 'file' && typeof value === 'string' ? replace(value) : value;
}

/** The values of a form or of a row, by the keys of its fields. */
async function allWithLinks(
  fields: readonly ModelField[],
  values: ReadonlyMap<string, unknown>,
  replaceFor: (field: ModelField) => Replace,
): Promise<ReadonlyMap<string, unknown>> {
  const entries = [...values].map(async ([key, value]) => {
    const field = fields.find((one) => one.key === key);
    return [key, field ? await withLinks(field, value, replaceFor(field)) : value] as const;
  });
  return new Map(await Promise.all(entries));
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
  const replaceFor =
    ({ label }: ModelField): Replace =>
    (url) =>
      uploaded(uploading, label, url);
  return { entry, values: await allWithLinks(entry.fields, values, replaceFor) };
}
