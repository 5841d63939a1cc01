import ipaddr from 'ipaddr.js';

/** Which addresses the relay may call: hosts, each with the port that was named for it. */
export type Targets = readonly Target[];

interface Target {
  readonly host: string;
  /** undefined: the scheme's own port; on this machine, any. */
  readonly port: string | undefined;
  /** This machine itself, where plain http is fine. */
  readonly isLoopback: boolean;
}

const isAddress = (host: string): boolean => ipaddr.isValid(host.replace(/^\[|\]$/g, ''));

const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || rangeOf(host) === 'loopback';

function rangeOf(address: string): string {
  const bare = address.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? ipaddr.process(bare).range() : '';
}

/**
 * Reads a list such as `hooks.zapier.com, localhost:4000`.
 * @returns the list, or what is wrong with it
 */
export function readTargets(text: string): Targets | string {
  const names = text.split(',').flatMap((name) => name.trim() || []);
  if (names.length === 0) {
    return 'must name at least one host, such as hooks.zapier.com';
  }
  const targets: Target[] = [];
  for (const name of names) {
    // "//name" is how a URL without scheme begins; whatever does not come back as it was is no host.
    const url = URL.canParse(`http://${name}`) ? new URL(`http://${name}`) : undefined;
    const host = url?.hostname ?? '';
    const port = /:(\d+)$/.exec(name.replace(/^\[[^\]]*\]/, ''))?.[1];
    if (!url || `${host}${port ? `:${port}` : ''}` !== name.toLowerCase()) {
      return `has "${name}", which is no host name; give names such as hooks.zapier.com, separated by commas`;
    }
    const isLoopback = isLoopbackHost(host);
    if (isAddress(host) && !isLoopback) {
      return `has "${name}"; name a host, for an address could be anybody's`;
    }
    targets.push({ host, port, isLoopback });
  }
  return targets;
}

const LONGEST = 2000;

const defaultPort = (url: URL): string => (url.protocol === 'https:' ? '443' : '80');

/** Why a URL may not be called, in words for whoever gave it; undefined when it may. */
export function targetProblem(text: string, targets: Targets): string | undefined {
  const url = text.length <= LONGEST && URL.canParse(text) ? new URL(text) : undefined;
  // As it is written it must fit into an index of PostgreSQL; its letters can be up to 12 of these.
  if (!url || url.href.length > LONGEST || text.includes('\0') || !text.isWellFormed()) {
    return 'It is no address of at most 2,000 characters.';
  }
  if (url.username !== '' || url.password !== '') {
    return 'It must not hold a user name or password.';
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

/** Whether an address may be dialled for a host: it is public, or the host is this machine by name. */
export function mayDial(host: string, address: string, targets: Targets): boolean {
  const range = rangeOf(address);
  return (
    range === 'unicast' ||
    (range === 'loopback' &&
      targets.some((target) => target.isLoopback && target.host === host.toLowerCase()))
  );
}
