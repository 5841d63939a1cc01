import dns from 'node:dns';
import { createServer } from 'node:net';
import { z as zod } from 'zod';
import { dialer, lookupFor } from '../../relay/dialer.ts';
import { readTargets, type Targets } from '../../relay/targets.ts';

function targetsOf(text: string): Targets {
  const targets = readTargets(text);
  if (typeof targets === 'string') {
    throw new Error(targets);
  }
  return targets;
}

/** Makes name look-ups return these answers in turn, and then the last one again and again. */
function namesAnswer(...answers: readonly (readonly string[])[]): void {
  let lookups = 0;
  const answer = (_name: string, _options: dns.LookupAllOptions, callback: LookupCallback) => {
    const addresses = answers[Math.min(lookups, answers.length - 1)] ?? [];
    lookups += 1;
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    process.nextTick(() => callback(null, found));
  };
  Object.assign(dns, { lookup: answer });
}

type LookupCallback = (error: Error | null, addresses: dns.LookupAddress[]) => void;

/** The addresses that would be dialled, or the code of the error. */
const dialled = (targets: Targets, name: string, all = true): Promise<unknown> =>
  new Promise((resolve) => {
    lookupFor(targets)(name, { all }, (error, addresses) => resolve(error?.code ?? addresses));
  });

const { lookup } = dns;

afterEach(() => {
  Object.assign(dns, { lookup });
});

describe('A name', () => {
  const targets = targetsOf('rebind.example,localhost');

  it('that first resolves to the internet and then to this machine is dialled only the first time', async () => {
    namesAnswer(['52.1.2.3'], ['127.0.0.1']);
    expect(await dialled(targets, 'rebind.example')).toEqual([{ address: '52.1.2.3', family: 4 }]);
    expect(await dialled(targets, 'rebind.example')).toBe('FORBIDDEN_ADDRESS');
  });

  it('that resolves to both is dialled only on the internet', async () => {
    namesAnswer(['10.0.0.1', '::ffff:127.0.0.1', '2600:1f18::1', '52.1.2.3']);
    expect(await dialled(targets, 'rebind.example')).toEqual([
      { address: '2600:1f18::1', family: 6 },
      { address: '52.1.2.3', family: 4 },
    ]);
    expect(await dialled(targets, 'rebind.example', false)).toBe('2600:1f18::1');
  });

  it('that does not resolve gives an error', async () => {
    const gone = Object.assign(new Error('gone'), { code: 'ENOTFOUND' });
    Object.assign(dns, {
      lookup: (_name: string, _options: unknown, callback: (error: Error) => void) =>
        callback(gone),
    });
    expect(await dialled(targets, 'rebind.example')).toBe('ENOTFOUND');
  });

  it('that resolves to this machine is dialled if it is on the list of targets', async () => {
    namesAnswer(['127.0.0.1']);
    expect(await dialled(targets, 'localhost')).toEqual([{ address: '127.0.0.1', family: 4 }]);
  });
});

describe('A connection', () => {
  const connections: unknown[] = [];
  const server = createServer((socket) => {
    connections.push(socket.remoteAddress);
    socket.resume().end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
  });
  let port = 0;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = zod.object({ port: zod.number() }).parse(server.address()).port;
  });

  beforeEach(() => {
    connections.length = 0;
  });

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
  });

  async function request(host: string, list: string | Targets, scheme = 'http'): Promise<unknown> {
    const agent = dialer(typeof list === 'string' ? targetsOf(list) : list);
    try {
      const answer = await agent.request({
        origin: `${scheme}://${host}:${port}`,
        path: '/',
        method: 'POST',
      });
      return answer.statusCode;
    } catch (error) {
      return error instanceof Error && 'code' in error ? error.code : error;
    } finally {
      await agent.destroy();
    }
  }

  it('to a name on the list is not made when it resolves to this machine', async () => {
    namesAnswer(['127.0.0.1']);
    expect(await request('rebind.example', `rebind.example:${port}`, 'https')).toBe(
      'FORBIDDEN_ADDRESS',
    );
    expect(connections).toEqual([]);
  });

  it('to a host that is no longer on the list is not made', async () => {
    namesAnswer(['127.0.0.1']);
    expect(await request('localhost', 'hooks.zapier.com')).toBe('FORBIDDEN_ADDRESS');
    expect(await request('localhost', 'localhost:1')).toBe('FORBIDDEN_ADDRESS');
    expect(connections).toEqual([]);
  });

  it.each([
    '127.0.0.1',
    '0x7f000001',
    '2130706433',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    '10.0.0.1',
  ])('to %s is not made', async (host) => {
    expect(await request(host, 'localhost')).toBe('FORBIDDEN_ADDRESS');
    expect(connections).toEqual([]);
  });

  it('to an address is not made, even if it is on the list, since no name is looked up', async () => {
    const list = [{ host: '0.0.0.0', port: String(port), isLoopback: false }];
    expect(await request('0.0.0.0', list, 'https')).toBe('FORBIDDEN_ADDRESS');
    expect(connections).toEqual([]);
  });

  it('to this machine is made when it is on the list of targets', async () => {
    namesAnswer(['127.0.0.1']);
    expect(await request('localhost', 'localhost')).toBe(200);
    expect(await request('127.0.0.1', '127.0.0.1')).toBe(200);
    expect(connections).toHaveLength(2);
  });
});
