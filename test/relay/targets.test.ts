import { mayDial, readTargets, type Targets, targetProblem } from '../../relay/targets.ts';

function targetsOf(text: string): Targets {
  const targets = readTargets(text);
  if (typeof targets === 'string') {
    throw new Error(targets);
  }
  return targets;
}

const ZAPIER = targetsOf('hooks.zapier.com,zapier.com');

const NOT_LISTED = /^This relay does not call that host\./;

describe('By default a relay', () => {
  it.each([
    'https://hooks.zapier.com/hooks/standard/1/abc/',
    'https://hooks.zapier.com:443/hooks/standard/1/abc/',
    'https://HOOKS.zapier.com/hooks/standard/1/abc/',
    'https://zapier.com/callbacks/1',
  ])('calls %s', (url) => {
    expect(targetProblem(url, ZAPIER)).toBeUndefined();
  });

  it.each([
    'https://hooks.zapier.com.evil.example/',
    'https://evil.example/hooks.zapier.com',
    'https://evil.example#hooks.zapier.com',
    'https://evil.example?hooks.zapier.com',
    'https://evil-hooks.zapier.com/',
    'https://x.hooks.zapier.com/',
    'https://hooks.zapier.com./',
    'https://hooks.zapier.com:8443/',
    'https://hooks.zapier.com:80/',
    'https://localhost/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://017700000001/',
    'https://0.0.0.0/',
    'https://[::]/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.64.0.1/',
    'https://[fc00::1]/',
    'https://[fe80::1]/',
    'https://8.8.8.8/',
    'https://１２７.0.0.1/',
  ])('does not call %s', (url) => {
    expect(targetProblem(url, ZAPIER)).toMatch(NOT_LISTED);
  });

  it.each([
    ['http://hooks.zapier.com/', /^It must begin with https/],
    ['ftp://hooks.zapier.com/', /^It must begin with https/],
    ['javascript:alert(1)', NOT_LISTED],
    ['file:///etc/passwd', NOT_LISTED],
    ['https://user@hooks.zapier.com/', /user name or password/],
    ['https://:password@hooks.zapier.com/', /user name or password/],
    ['https://hooks.zapier.com@evil.example/', /user name or password/],
    ['hooks.zapier.com', /^It is not a URL/],
    ['//hooks.zapier.com/', /^It is not a URL/],
    ['', /^It is not a URL/],
    [`https://hooks.zapier.com/${'x'.repeat(2000)}`, /^It is not a URL of at most 2,000/],
  ])('refuses %s with the reason', (url, words) => {
    expect(targetProblem(url, ZAPIER)).toMatch(words);
  });

  it('parses a URL like the client that calls it', () => {
    // A backslash ends the host like a slash.
    const url = 'https://hooks.zapier.com\\@evil.example/';
    expect(new URL(url).host).toBe('hooks.zapier.com');
    expect(targetProblem(url, ZAPIER)).toBeUndefined();
  });
});

describe('A relay that may call this machine', () => {
  const LOCAL = targetsOf('localhost:4000, 127.0.0.1, hooks.zapier.com:8443');

  it.each([
    'http://localhost:4000/hook',
    'https://localhost:4000/hook',
    'http://127.0.0.1:1234/',
    'http://0x7f000001:1234/',
    'https://hooks.zapier.com:8443/',
  ])('calls %s', (url) => {
    expect(targetProblem(url, LOCAL)).toBeUndefined();
  });

  it.each([
    ['http://localhost:4001/hook', NOT_LISTED],
    ['http://127.0.0.2/', NOT_LISTED],
    ['http://[::1]/', NOT_LISTED],
    ['https://hooks.zapier.com/', NOT_LISTED],
    ['http://hooks.zapier.com:8443/', /^It must begin with https/],
    ['ftp://127.0.0.1/', /^It must begin with https/],
  ])('does not call %s', (url, words) => {
    expect(targetProblem(url, LOCAL)).toMatch(words);
  });
});

describe('The address that is dialled', () => {
  const PRIVATE = [
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.0.1',
    '198.18.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    // The old way to write an IPv4 address, and Azure's own services.
    '::52.1.2.3',
    '168.63.129.16',
    '::ffff:168.63.129.16',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    'nonsense',
    '',
  ];

  it.each(PRIVATE)('is not %s for a host on the internet', (address) => {
    expect(mayDial('hooks.zapier.com', address, targetsOf('hooks.zapier.com,localhost'))).toBe(
      false,
    );
  });

  it.each(['52.1.2.3', '2600:1f18::1', '::ffff:52.1.2.3'])('may be %s', (address) => {
    expect(mayDial('hooks.zapier.com', address, ZAPIER)).toBe(true);
  });

  it('is this machine only for a name that is on the list of targets', () => {
    const targets = targetsOf('localhost,[::1]');
    expect(mayDial('localhost', '127.0.0.1', targets)).toBe(true);
    expect(mayDial('LOCALHOST', '::1', targets)).toBe(true);
    expect(mayDial('[::1]', '::1', targets)).toBe(true);
    expect(mayDial('127.0.0.1', '127.0.0.1', targets)).toBe(false);
    expect(mayDial('localhost', '10.0.0.1', targets)).toBe(false);
  });
});

describe('The list of targets', () => {
  it('may have spaces, capitals and ports', () => {
    expect(readTargets(' Hooks.Zapier.com ,, [::1]:4000, localhost')).toEqual([
      { host: 'hooks.zapier.com', port: undefined, isLoopback: false },
      { host: '[::1]', port: '4000', isLoopback: true },
      { host: 'localhost', port: undefined, isLoopback: true },
    ]);
  });

  it.each([
    '',
    ' , ',
    'https://hooks.zapier.com',
    'hooks.zapier.com/hooks',
    'user@hooks.zapier.com',
    'hooks.zapier.com:99999',
    'hooks.zapier.com:',
    'hooks zapier',
    '*.zapier.com,?',
    '*',
    '*.zapier.com',
    '10.0.0.1',
    '8.8.8.8',
    '[fc00::1]',
    '0x7f000001',
    '2130706433',
  ])('cannot hold "%s"', (text) => {
    expect(readTargets(text)).toEqual(expect.any(String));
  });
});
