import * as zod from 'zod/mini';
import type { AddRoutes } from '../service/parts.ts';
import { answerRefusals } from '../service/server.ts';
import { FAMILIES } from './families.ts';
import { apiframeRefusal, validated } from './refusals.ts';

const modalities = { images: 'image', videos: 'video', music: 'music' } as const;

const query = zod.object({ modality: zod.optional(zod.enum(Object.values(modalities))) });

const catalogue = Object.entries(modalities).flatMap(([folder, modality]) =>
  Object.entries(FAMILIES)
    .filter(([route]) => route.startsWith(`${folder}/`))
    .flatMap(([, families]) => families.flatMap(({ models }) => models.split(' ')))
    .map((id) => ({ id, label: labelOf(id), modality })),
);

/** `veo-3.1-fast` is Veo 3.1 Fast; the labels are a guess. */
function labelOf(id: string): string {
  return id.replaceAll('-', ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** `GET /v2/models`, which needs no key. */
export const addModelRoute: AddRoutes = (scope) => {
  answerRefusals(scope, apiframeRefusal);
  scope.get('/v2/models', async (request) => {
    const { modality } = validated(query, request.query);
    return { models: catalogue.filter((model) => (modality ?? model.modality) === model.modality) };
  });
};
