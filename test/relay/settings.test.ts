import { readSettings, WrongSetting } from '../../relay/settings.ts';

const problemOf = (variables: Record<string, string>): string => {
  try {
    readSettings(variables);
  } catch (error) {
    if (error instanceof WrongSetting) {
      return error.message;
    }
    throw error;
  }
  return '';
};

describe('The settings of a relay', () => {
  it.each([
    ['nothing', {}],
    ['only empty ones', { PORT: '', DATABASE_URL: ' ', RELAY_TARGETS: '', RELAY_ACCESS_TOKEN: '' }],
  ])('are valid with %s set', (_what, variables) => {
    expect(readSettings(variables)).toEqual({
      host: '127.0.0.1',
      port: 8090,
      databaseUrl: undefined,
      poolSize: 12,
      dataFolder: 'relay-data',
      targets: [
        { host: 'hooks.zapier.com', port: undefined, isLoopback: false },
        { host: 'zapier.com', port: undefined, isLoopback: false },
      ],
      accessToken: undefined,
      operatorToken: undefined,
      retentionDays: 7,
      requestsPerSecond: 100,
      eventsPerMinute: 3_000,
      deliveriesPerMinute: 60_000,
      eventsKept: 300_000,
      bytesKept: 1_000_000_000,
      hooksKept: 1_000,
      logLevel: 'info',
    });
  });

  it('have the values of the environment', () => {
    expect(
      readSettings({
        HOST: '0.0.0.0',
        PORT: '80',
        DATABASE_URL: 'postgresql://relay:secret@db:5432/relay',
        DATABASE_POOL: '20',
        RELAY_DATA: 'memory',
        RELAY_TARGETS: 'hooks.example.com:8443',
        RELAY_ACCESS_TOKEN: 'sixteen letters!',
        RELAY_OPERATOR_TOKEN: 'the thirty-two letters of a token',
        RELAY_RETENTION_DAYS: '30',
        RELAY_REQUESTS_PER_SECOND: '5',
        RELAY_EVENTS_PER_MINUTE: '600',
        RELAY_DELIVERIES_PER_MINUTE: '800',
        RELAY_EVENTS_KEPT: '7000',
        RELAY_MEGABYTES_KEPT: '8',
        RELAY_HOOKS: '9',
        LOG_LEVEL: 'debug',
        PATH: '/usr/bin',
      }),
    ).toEqual({
      host: '0.0.0.0',
      port: 80,
      databaseUrl: 'postgresql://relay:secret@db:5432/relay',
      poolSize: 20,
      dataFolder: 'memory',
      targets: [{ host: 'hooks.example.com', port: '8443', isLoopback: false }],
      accessToken: 'sixteen letters!',
      operatorToken: 'the thirty-two letters of a token',
      retentionDays: 30,
      requestsPerSecond: 5,
      eventsPerMinute: 600,
      deliveriesPerMinute: 800,
      eventsKept: 7_000,
      bytesKept: 8_000_000,
      hooksKept: 9,
      logLevel: 'debug',
    });
  });

  it.each([
    ['PORT', 'http', 'must be a whole number from 0 to 65535'],
    ['PORT', '65536', 'must be a whole number from 0 to 65535'],
    ['PORT', '80.5', 'must be a whole number from 0 to 65535'],
    ['DATABASE_URL', 'mysql://db/relay', 'must be an address such as postgres://'],
    ['DATABASE_URL', 'db', 'must be an address such as postgres://'],
    ['DATABASE_POOL', '1', 'must be a whole number from 2 to 200'],
    ['RELAY_TARGETS', ',', 'must name at least one host'],
    [
      'RELAY_TARGETS',
      'https://hooks.zapier.com',
      'has "https://hooks.zapier.com", which is not a host name',
    ],
    ['RELAY_TARGETS', '10.0.0.1', 'has "10.0.0.1"; name a host'],
    ['RELAY_ACCESS_TOKEN', 'short', 'must have at least 16 characters'],
    ['RELAY_RETENTION_DAYS', '2', 'must be a whole number from 3 to 365'],
    ['RELAY_REQUESTS_PER_SECOND', '0', 'must be a whole number from 1 to 1000000'],
    ['LOG_LEVEL', 'loud', 'must be one of trace, debug, info'],
  ])('name %s when it is %s', (name, value, words) => {
    expect(problemOf({ [name]: value })).toMatch(new RegExp(`^${name} `));
    expect(problemOf({ [name]: value })).toContain(words);
  });

  it('give an error with a line for each wrong one', () => {
    const lines = problemOf({ PORT: 'x', LOG_LEVEL: 'loud', HOST: 'fine' }).split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'LOG_LEVEL']);
  });

  it('never repeat a password in an error', () => {
    const problems = problemOf({
      DATABASE_URL: 'mysql://relay:hunter2@db/relay',
      RELAY_ACCESS_TOKEN: 'hunter2',
    });
    expect(problems).toMatch(/^DATABASE_URL .+\nRELAY_ACCESS_TOKEN /);
    expect(problems).not.toContain('hunter2');
  });
});
