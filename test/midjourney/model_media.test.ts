import fc from 'fast-check';
import { mediaIn } from '../../midjourney/model_media.ts';
import { flattened } from '../../output/flat_output.ts';
import { taskOutput } from '../../output/task_output.ts';
import { holds } from '../support/holds.ts';
import { aTask } from '../support/tasks.ts';

const url = (name: string): string => `https://cdn.example/${name}`;

const NOTHING = { imageUrls: [], videoUrl: '', audioUrl: '' };

describe('the media of an output', () => {
  test('of Kling are the video without a watermark and its cover', () => {
    const works = [
      {
        content_type: 'video',
        status: 99,
        cover: { resource: url('cover.png'), resource_without_watermark: '', height: 256 },
        video: {
          resource: url('marked.mp4'),
          resource_without_watermark: url('clean.mp4'),
          duration: 5000,
        },
      },
    ];

    expect(mediaIn({ type: 'm2v_txt2video', works })).toEqual({
      imageUrls: [url('cover.png')],
      videoUrl: url('clean.mp4'),
      audioUrl: '',
    });
  });

  test('of Flux are its pictures, each once', () => {
    expect(mediaIn({ image_url: url('a.png') })).toEqual({ ...NOTHING, imageUrls: [url('a.png')] });
    expect(
      mediaIn({ image_url: url('a.png'), image_urls: [url('a.png'), url('b.webp?x=1')] }),
    ).toEqual({ ...NOTHING, imageUrls: [url('a.png'), url('b.webp?x=1')] });
  });

  test('of music are the song and its picture', () => {
    const songs = [
      { id: '1', title: 'Fox', image_path: url('fox.jpeg'), song_path: url('fox.mp3') },
      { id: '2', title: 'Fox', image_path: url('fox-2.jpeg'), song_path: url('fox-2.mp3') },
    ];

    expect(mediaIn({ songs })).toEqual({
      imageUrls: [url('fox.jpeg'), url('fox-2.jpeg')],
      videoUrl: '',
      audioUrl: url('fox.mp3'),
    });
  });

  test.each([
    [{ video_url: url('x') }, { ...NOTHING, videoUrl: url('x') }],
    [{ audio_url: url('x?format=1') }, { ...NOTHING, audioUrl: url('x?format=1') }],
    [{ image: url('x') }, { ...NOTHING, imageUrls: [url('x')] }],
    [{ song_path: url('x') }, { ...NOTHING, audioUrl: url('x') }],
    [{ video: { cover: url('x') } }, { ...NOTHING, imageUrls: [url('x')] }],
    [{ cover: { video: { resource: url('x') } } }, { ...NOTHING, videoUrl: url('x') }],
    [
      { images: [{ url: url('x') }, { url: url('y') }] },
      { ...NOTHING, imageUrls: [url('x'), url('y')] },
    ],
    [{ result: url('x') }, NOTHING],
  ])('without a file extension are recognised by the name of their key: %j', (output, media) => {
    expect(mediaIn(output)).toEqual(media);
  });

  test('are recognised by their file extension first, then by the name of their key', () => {
    expect(mediaIn({ video_url: url('poster.JPG'), image_url: url('clip.webm') })).toEqual({
      imageUrls: [url('poster.JPG')],
      videoUrl: url('clip.webm'),
      audioUrl: '',
    });
  });

  test.each([
    [{ image_url: 'data:image/png;base64,AAAA' }],
    [{ image_url: 'javascript:alert(1)//a.png' }],
    [{ image_url: '/relative.png' }],
    [{ image_url: 'https://' }],
    [{ image_url: 'see https://cdn.example/a.png' }],
    [{ image_url: 7, video: null, audio: true }],
    [{}],
  ])('are none in %j', (output) => {
    expect(mediaIn(output)).toEqual(NOTHING);
  });
});

describe('the flat keys of an output', () => {
  test('join the names on the way to a value, and keep lists of plain values', () => {
    expect(
      flattened({
        works: [{ video: { resource: 'r' } }],
        tags: ['a', 'b'],
        status: 99,
        none: null,
      }),
    ).toEqual({
      output__works__1__video__resource: 'r',
      output__tags: ['a', 'b'],
      output__status: 99,
      output__none: null,
    });
  });

  test('stop at a depth, below which the value is JSON text', () => {
    const deep = (levels: number): Record<string, unknown> =>
      levels === 0 ? { end: 1 } : { a: deep(levels - 1) };
    const [[key, value] = []] = Object.entries(flattened(deep(40)));

    expect(key).toBe(`output${'__a'.repeat(8)}`);
    expect(JSON.parse(String(value))).toEqual(deep(32));
  });

  test('are limited in number, however many keys an output has', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 5000 }, (_, place) => [`k${place}`, [{}]]),
    );

    expect(Object.keys(flattened({ wide, more: wide })).length).toBeLessThanOrEqual(300);
  });

  test('never replace the keys that every task has', () => {
    const output = taskOutput(
      aTask({ output: { status: 'odd', __proto__: null, task_id: 'other' } }),
      '',
      (link) => link,
    );

    expect(output).toMatchObject({ task_id: 'task-1', status: 'pending', output__status: 'odd' });
  });
});

test('any JSON output is read, and gives a limited number of keys and only links', () => {
  const name = fc.oneof(
    fc.constantFrom('image_url', 'works', 'video', '__proto__', 'constructor', 'toString', ''),
    fc.string(),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 10 },
      fc.oneof(fc.webUrl(), fc.string(), fc.integer(), fc.constant(null), fc.boolean()),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(name, tie('tree'), { maxKeys: 4 }),
    ),
  }));
  holds(
    fc.property(fc.dictionary(name, tree), (value) => {
      const output: Record<string, unknown> = JSON.parse(JSON.stringify(value));
      const flat = flattened(output);
      expect(Object.keys(flat).length).toBeLessThanOrEqual(300);
      expect(Object.keys(flat).every((key) => key.startsWith('output__'))).toBe(true);
      expect(() => JSON.stringify(flat)).not.toThrow();
      const { imageUrls, videoUrl, audioUrl } = mediaIn(output);
      for (const link of [...imageUrls, videoUrl, audioUrl].filter(Boolean)) {
        expect(link).toMatch(/^https?:\/\//i);
      }
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    300,
  );
});
