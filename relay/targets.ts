import ipaddr from 'ipaddr.js';

/** The hosts that the relay may call, each with its allowed port. */
export type Targets = readonly Target[];

interface Target {
  readonly host: string;
  /** undefined: the scheme's default port; for loopback, any port. */
  readonly port: string | undefined;
  /** This machine itself, where plain http is allowed. */
  readonly isLoopback: boolean;
}

/** URLs write IPv6 addresses in brackets. */
const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, '');

const isIpAddress = (host: string): boolean => ipaddr.isValid(withoutBrackets(host));

const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || rangeOf(host) === 'loopback';

function rangeOf(address: string): string {
  const ip = withoutBrackets(address);
  return ipaddr.isValid(ip) ? ipaddr.process(ip).range() : '';
}

/** No wildcards: each host is named. */
const HOST_NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/**
 * Reads a list such as `hooks.zapier.com, localhost:4000`.
 * @returns the targets, or an error message that continues the name of the setting
 */
export function readTargets(text: string): Targets | string {
  const names = text.split(',').flatMap((name) => name.trim() || []);
  if (names.length === 0) {
    return 'must name at least one host, such as hooks.zapier.com';
  }
  const targets: Target[] = [];
  for (const name of names) {
    // The URL parser normalizes; text that it changes, such as a path or a user name, is no host.
    const url = URL.canParse(`http://${name}`) ? new URL(`http://${name}`) : undefined;
    const host = url?.hostname ?? '';
    const port = /:(\d+)$/.exec(name.replace(/^\[[^\]]*\]/, ''))?.[1];
    if (
      !url ||
      !(HOST_NAME.test(host) || isIpAddress(host)) ||
      `${host}${port ? `:${port}` : ''}` !== name.toLowerCase()
    ) {
      return `has "${name}", which is not a host name; use names such as hooks.zapier.com, separated by commas`;
    }
    const isLoopback = isLoopbackHost(host);
    if (isIpAddress(host) && !isLoopback) {
      return `has "${name}"; name a host, because an IP address can pass to somebody else`;
    }
    targets.push({ host, port, isLoopback });
  }
  return targets;
}

const MAX_URL_LENGTH = 2000;

const defaultPort = (url: URL): string => (url.protocol === 'https:' ? '443' : '80');

/** Error message for a URL that the relay may not call; undefined when it may. */
export function targetProblem(text: string, targets: Targets): string | undefined {
  const url = text.length <= MAX_URL_LENGTH && URL.canParse(text) ? new URL(text) : undefined;
  // The encoded URL must fit into a PostgreSQL index, and encoding can make 12 characters of one.
  if (!url || url.href.length > MAX_URL_LENGTH || text.includes('\0') || !text.isWellFormed()) {
    return 'It is not a URL of at most 2,000 characters.';
  }
  if (url.username !== '' || url.password !== '') {
    return 'It must not contain a user name or password.';
  }
  const port = url.port || defaultPort(url);
  const allowed = targets.find(
    (target) =>
      target.host === url.hostname &&
      (target.port === undefined
        ? target.isLoopback || port === defaultPort(url)
        : target.port === port),
  );
  if (!allowed) {
    return 'This relay does not call that host. Its operator lists the hosts in RELAY_TARGETS.';
  }
  if (url.protocol !== 'https:' && !(allowed.isLoopback && url.protocol === 'http:')) {
    return 'It must begin with https://.';
  }
  return undefined;
}

/** Azure's own services are at a public address, which only its machines reach. */
const AZURE = '168.63.129.16';

/** An address that looks public and leads inside: `::a.b.c.d` is an old way to write an IPv4 address. */
const isDisguised = (address: string): boolean =>
  ipaddr.process(address).toString() === AZURE ||
  /^::\d+\./.test(address) ||
  (ipaddr.IPv6.isValid(address) &&
    ipaddr.IPv6.parse(address)
      .parts.slice(0, 6)
      .every((part) => part === 0));

/** Whether the relay may connect to an address: it is public, or its host is a loopback target. */
export function mayDial(host: string, address: string, targets: Targets): boolean {
  const range = rangeOf(address);
  return (
    (range === 'unicast' && !isDisguised(address)) ||
    (range === 'loopback' &&
      targets.some((target) => target.isLoopback && target.host === host.toLowerCase()))
  );
}
