/** Silences the real console, to which z.console also writes: tests expect those lines. */
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
