import { VIDEO_CHOICES } from '../midjourney/choices.ts';
import { PARAMETER_LABELS, parameterValue } from '../midjourney/parameter_values.ts';
import { oneOf, plainText, word } from '../midjourney/values.ts';
import { choiceList } from './choice_list.ts';
import { field, optionalField } from './input.ts';

const words = (helpText: string) =>
  optionalField(plainText, {
    label: 'Prompt',
    type: 'text',
    helpText,
  });

export const videoPrompt = words(
  'What happens in the video, for example `the fox shakes the snow off and walks away`. When left empty, Midjourney decides; with a link of your own, some services ask for it.',
);

export const extensionPrompt = words(
  'What happens next, for example `the fox runs into the woods`. The video goes on as it began when left empty.',
);

/** Midjourney's own two. */
export const motion = optionalField(() => parameterValue('motion'), {
  label: PARAMETER_LABELS.motion,
  type: 'string',
  choices: choiceList([
    { value: 'low', label: 'Low (a still camera, small movements)' },
    { value: 'high', label: 'High (camera and subject move)' },
  ]),
  helpText:
    'How much moves, for example `High`. Low when left empty, unless the prompt says `--motion high`.',
});

export const resolution = optionalField(() => oneOf(['sd', 'hd']), {
  label: 'Resolution',
  type: 'string',
  choices: choiceList([
    { value: 'sd', label: 'SD (480p)' },
    { value: 'hd', label: 'HD (720p)' },
  ]),
  helpText:
    'How sharp the videos are, for example `HD (720p)`, which costs more. SD when left empty.',
});

/** Which of a task's videos. */
export const videoNumber = field(() => word(VIDEO_CHOICES), {
  label: 'Video',
  type: 'string',
  choices: choiceList(VIDEO_CHOICES),
  helpText:
    'Which video of the task, for example `Video 2`. A task of Extend Video or Upscale Video has one, `Video 1`.',
});
