/** The part of pngjs that works on whole files; its types know only the whole of it. */
declare module 'pngjs/lib/png-sync.js' {
  interface Pixels {
    readonly width: number;
    readonly height: number;
    readonly data: Uint8Array;
  }
  const png: {
    read(file: Buffer): Pixels;
    write(pixels: Pixels): Buffer;
  };
  export default png;
}
