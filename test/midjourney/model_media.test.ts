import fc from 'fast-check';
import { mediaIn } from '../../midjourney/model_media.ts';
import { flattened } from '../../output/flat_output.ts';
import { taskOutput } from '../../output/task_output.ts';
import { holds } from '../support/holds.ts';
import { aTask } from '../support/tasks.ts';

const url = (name: string): string => `https://cdn.example/${name}`;

const NOTHING = { image: [], video: [], audio: [], model_3d: [] };

describe('the media of an output', () => {
  test('of Flux are its pictures, each once', () => {
    expect(mediaIn({ image_url: url('a.png') })).toEqual({ ...NOTHING, image: [url('a.png')] });
    expect(
      mediaIn({ image_url: url('a.png'), image_urls: [url('a.png'), url('b.webp?x=1')] }),
    ).toEqual({ ...NOTHING, image: [url('a.png'), url('b.webp?x=1')] });
  });

  // The keys under which PiAPI's 98 models have their results.
  test.each<[object, Partial<Record<keyof typeof NOTHING, string[]>>]>([
    [{ video_url: url('a.mp4') }, { video: [url('a.mp4')] }],
    [{ video: url('a.mp4') }, { video: [url('a.mp4')] }],
    [{ video: url('a.mp4'), video_url: url('a.mp4') }, { video: [url('a.mp4')] }],
    [
      { image_url: url('a.png'), image_urls: null, image_base64: 'AAAA' },
      { image: [url('a.png')] },
    ],
    [
      { image_url: url('a.png'), image_urls: [url('a.png'), url('b.png')] },
      { image: [url('a.png'), url('b.png')] },
    ],
    [{ image_url: url('grid.png'), image_urls: [url('b.png')] }, { image: [url('b.png')] }],
    [
      { video_url: url('a.mp4'), video_urls: [url('a.mp4'), url('b.mp4')] },
      { video: [url('a.mp4'), url('b.mp4')] },
    ],
    [
      {
        video_url: url('marked.mp4'),
        works: [
          {
            video: { resource: url('marked.mp4'), resource_without_watermark: url('clean.mp4') },
            cover: { resource: url('cover.png'), resource_without_watermark: '' },
          },
        ],
      },
      { video: [url('clean.mp4')] },
    ],
    [{ video_url: url('a.mp4'), image_url: url('cover.png') }, { video: [url('a.mp4')] }],
    [
      {
        video: { url: url('a_watermarked.mp4') },
        video_raw: { url: url('a.mp4') },
        thumbnail: { url: url('public') },
        last_frame: { url: url('last.jpg') },
      },
      { video: [url('a.mp4')] },
    ],
    [{ video_url: url('a.mp4'), download_url: url('a_nowm.mp4') }, { video: [url('a_nowm.mp4')] }],
    [
      {
        model_file: url('a.glb'),
        combined_video: url('a.mp4'),
        no_background_image: url('a.png'),
      },
      { model_3d: [url('a.glb')], video: [url('a.mp4')], image: [url('a.png')] },
    ],
    [{ model_file: url('signed?name=a') }, { model_3d: [url('signed?name=a')] }],
    [
      { audio_url: url('a.wav'), video_url: url('a.mp4') },
      { audio: [url('a.wav')], video: [url('a.mp4')] },
    ],
    [
      {
        songs: [
          { song_path: url('1.mp3'), image_path: url('1') },
          { song_path: url('2.mp3'), image_path: url('2') },
        ],
      },
      { audio: [url('1.mp3'), url('2.mp3')], image: [url('1'), url('2')] },
    ],
    [{ song1: url('1.mp3'), song2: url('2.mp3') }, { audio: [url('1.mp3'), url('2.mp3')] }],
    [
      { audios: { x: { audio_url: url('1') }, y: { audio_url: url('2') } } },
      { audio: [url('1'), url('2')] },
    ],
    [{ works: [{ image: { resource: url('a.png') } }, {}] }, { image: [url('a.png')] }],
    [{ text: 'A fox.', lyrics_pairs: [{ title: 'Fox', text: 'A fox.' }] }, {}],
  ])('of a model that returns %j', (output, media) => {
    expect(mediaIn({ ...output })).toEqual({ ...NOTHING, ...media });
  });

  test.each([
    [{ image_url: url('given.png') }],
    [{ images: [url('given.png')] }],
    [{ elements: [{ frames: [url('given.png')] }] }],
  ])('are no links that were given to the model: %j', (input) => {
    const output = { image_url: url('made.png'), reference_image_url: url('given.png') };
    expect(mediaIn(output, input)).toEqual({ ...NOTHING, image: [url('made.png')] });
  });

  test.each([
    [{ video_url: url('x') }, { ...NOTHING, video: [url('x')] }],
    [{ audio_url: url('x?format=1') }, { ...NOTHING, audio: [url('x?format=1')] }],
    [{ image: url('x') }, { ...NOTHING, image: [url('x')] }],
    [{ song_path: url('x') }, { ...NOTHING, audio: [url('x')] }],
    [{ video: { cover: url('x') } }, { ...NOTHING, image: [url('x')] }],
    [{ cover: { video: { resource: url('x') } } }, { ...NOTHING, video: [url('x')] }],
    [
      { images: [{ url: url('x') }, { url: url('y') }] },
      { ...NOTHING, image: [url('x'), url('y')] },
    ],
    [{ result: url('x') }, NOTHING],
  ])('without a file extension are recognised by the name of their key: %j', (output, media) => {
    expect(mediaIn(output)).toEqual(media);
  });

  test('are recognised by their file extension first, then by the name of their key', () => {
    expect(mediaIn({ audio_url: url('poster.JPG'), image_url: url('song.OGG') })).toEqual({
      ...NOTHING,
      image: [url('poster.JPG')],
      audio: [url('song.OGG')],
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
      for (const link of Object.values(mediaIn(output)).flat()) {
        expect(link).toMatch(/^https?:\/\//i);
      }
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    300,
  );
});
