import { readFileSync } from 'node:fs';

const sampleRate = 8000;

/** A second of the concert pitch A, 16 bit, mono. */
export function toneWav(): Buffer {
  const samples = Buffer.alloc(2 * sampleRate);
  for (let place = 0; place < samples.length / 2; place += 1) {
    const level = Math.sin((2 * Math.PI * 440 * place) / sampleRate);
    samples.writeInt16LE(Math.round(level * 12_000), 2 * place);
  }
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(2 * sampleRate, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const chunks = Buffer.concat([chunk('fmt ', format), chunk('data', samples)]);
  return chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), chunks]));
}

function chunk(name: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  return Buffer.concat([Buffer.from(name), size, content]);
}

let film: Buffer | undefined;

/** A second of a square that moves, 64 pixels wide, with a tone; read once. */
export function littleMp4(): Buffer {
  film ??= readFileSync(new URL('./film.mp4', import.meta.url));
  return film;
}

/** The corners of a triangle. */
const corners = new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]);

/** What a viewer needs to know to show it. */
const scene = {
  asset: { version: '2.0' },
  scene: 0,
  scenes: [{ nodes: [0] }],
  nodes: [{ mesh: 0 }],
  meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
  accessors: [
    { bufferView: 0, componentType: 5126, count: 3, type: 'VEC3', min: [0, 0, 0], max: [1, 1, 0] },
  ],
  bufferViews: [{ buffer: 0, byteLength: corners.byteLength }],
  buffers: [{ byteLength: corners.byteLength }],
};

/** A 3D model of one triangle: a header, a chunk of JSON, a chunk of corners. */
export function triangleGlb(): Buffer {
  const text = JSON.stringify(scene);
  const json = glbChunk('JSON', Buffer.from(text.padEnd(Math.ceil(text.length / 4) * 4)));
  const binary = glbChunk('BIN\0', Buffer.from(corners.buffer));
  const header = Buffer.alloc(12);
  header.write('glTF', 0, 'latin1');
  header.writeUInt32LE(2, 4);
  header.writeUInt32LE(header.length + json.length + binary.length, 8);
  return Buffer.concat([header, json, binary]);
}

function glbChunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(content.length);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, content]);
}
