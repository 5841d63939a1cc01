import * as zod from 'zod/mini';
import { APIFRAME_MODELS } from '../../services/apiframe_task.ts';
import type { AddRoutes } from '../service/parts.ts';
import { answerRefusals } from '../service/server.ts';
import { apiframeRefusal, validated } from './refusals.ts';

const modalities = { images: 'image', videos: 'video', music: 'music' } as const;

const query = zod.object({ modality: zod.optional(zod.enum(Object.values(modalities))) });

const modalityOf = (route: string): string =>
  Object.entries(modalities).find(([folder]) => route.startsWith(`${folder}/`))?.[1] ?? '';

const catalogue = [
  ...new Map(
    APIFRAME_MODELS().map(({ model: id, modelLabel, task }) => [
      id,
      { id, label: modelLabel.replace(/ \(.*/, ''), modality: modalityOf(task) },
    ]),
  ).values(),
];

/** `GET /v2/models`, which needs no key. */
export const addModelRoute: AddRoutes = (scope) => {
  answerRefusals(scope, apiframeRefusal);
  scope.get('/v2/models', async (request) => {
    const { modality } = validated(query, request.query);
    return { models: catalogue.filter((model) => (modality ?? model.modality) === model.modality) };
  });
};
