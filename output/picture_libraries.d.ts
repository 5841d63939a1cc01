/** The parts of two libraries that are needed; their own types know only the whole of each. */
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

declare module 'jpeg-js/lib/decoder.js' {
  interface Limits {
    readonly useTArray: true;
    readonly maxResolutionInMP: number;
    readonly maxMemoryUsageInMB: number;
  }
  const decode: (
    file: Buffer,
    limits: Limits,
  ) => { readonly width: number; readonly height: number; readonly data: Uint8Array };
  export default decode;
}
