/** z.console also writes to the real console; what a test expects to be logged is no news there. */
export function quietConsole(): void {
  beforeEach(() => {
    for (const method of ['log', 'error'] as const) {
      jest.spyOn(console, method).mockImplementation(() => undefined);
    }
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
}
