const sampleRate = 8000;

/** A tenth of a second of the concert pitch A, 16 bit, mono. */
export function toneWav(): Buffer {
  const samples = Buffer.alloc(sampleRate / 5);
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

/** A film of no length: a file type and a header, no tracks. */
export function emptyMp4(): Buffer {
  const fileType = box('ftyp', Buffer.from('isom\0\0\0\0isommp42', 'latin1'));
  const header = Buffer.alloc(100);
  header.writeUInt32BE(1000, 12);
  header.writeUInt32BE(0x0001_0000, 20);
  header.writeUInt16BE(0x0100, 24);
  // The picture as it is: neither turned nor stretched.
  header.writeUInt32BE(0x0001_0000, 36);
  header.writeUInt32BE(0x0001_0000, 52);
  header.writeUInt32BE(0x4000_0000, 68);
  header.writeUInt32BE(1, 96);
  return Buffer.concat([fileType, box('moov', box('mvhd', header))]);
}

function box(name: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(8 + content.length);
  return Buffer.concat([size, Buffer.from(name), content]);
}

/** A 3D model with nothing in it: a header and one chunk of JSON. */
export function emptyGlb(): Buffer {
  const scene = Buffer.from('{"asset":{"version":"2.0"}} ');
  const header = Buffer.alloc(20);
  header.write('glTF', 0, 'latin1');
  header.writeUInt32LE(2, 4);
  header.writeUInt32LE(header.length + scene.length, 8);
  header.writeUInt32LE(scene.length, 12);
  header.write('JSON', 16, 'latin1');
  return Buffer.concat([header, scene]);
}
