import { bodyOf } from '../support/bodies.ts';
import { PGLITE } from '../support/engines.ts';
import { anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';

const OPERATOR = 'operator-token-of-at-least-thirty-two-letters';
const ACCESS = 'access-token-of-clients';

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay(PGLITE, {
    RELAY_OPERATOR_TOKEN: OPERATOR,
    RELAY_ACCESS_TOKEN: ACCESS,
  });
});

afterAll(() => relay.stop());

const operator = { authorization: `Bearer ${OPERATOR}` };

describe('The operator', () => {
  it('sees all connections, and gives them names', async () => {
    const [one, two] = [anAccount(), anAccount()];
    await relay.callback(one, bodyOf('a'));
    await relay.callback(two, bodyOf('b'));
    const named = await relay.request('PUT', `/v1/connections/${one.id}`, {
      headers: operator,
      body: { name: ' Bakery ' },
    });
    expect(named.status).toBe(204);
    const { body } = await relay.request('GET', '/v1/connections', { headers: operator });
    expect(body).toMatchObject({
      operator: true,
      data: expect.arrayContaining([
        expect.objectContaining({ id: one.id, name: 'Bakery' }),
        expect.objectContaining({ id: two.id, name: '' }),
      ]),
    });
    expect((await relay.request('GET', '/v1/tasks', { headers: operator })).body).toMatchObject({
      data: [{ task_id: 'b' }, { task_id: 'a' }],
    });
    const csv = await relay.request('GET', '/v1/tasks.csv', { headers: operator });
    expect(String(csv.body)).toContain('"Bakery"');
  });

  it('alone gives names, and only to connections that are there', async () => {
    const client = anAccount();
    await relay.introduce(client);
    const name = (as: Record<string, string>, id = client.id) =>
      relay.request('PUT', `/v1/connections/${id}`, { headers: as, body: { name: 'X' } });
    expect(await name({ authorization: `Bearer ${client.token}` })).toMatchObject({
      status: 403,
      body: { error: { code: 'operator' } },
    });
    expect((await name(operator, 'nobody')).status).toBe(404);
  });

  it.each([
    ['a wrong token', `Bearer ${OPERATOR}x`],
    ['no token', ''],
    ['a list of tokens that are none', 'Bearer a,b'],
  ])('with %s sees nothing', async (_what, authorization) => {
    const paths = ['tasks', 'tasks.csv', 'connections', 'attention', 'figures', 'live'];
    for (const path of paths) {
      const answer = await relay.request('GET', `/v1/${path}`, { headers: { authorization } });
      expect([path, answer.status]).toEqual([path, 401]);
    }
  });
});

describe('A client', () => {
  it('signs in with the access token where there is one', async () => {
    const client = anAccount();
    await relay.introduce(client);
    const signIn = (headers = {}) =>
      relay.request('GET', '/v1/connections', { as: client, headers });
    expect(await signIn()).toMatchObject({
      status: 403,
      body: { error: { code: 'access_token' } },
    });
    expect(await signIn({ 'x-relay-access-token': ACCESS })).toMatchObject({
      body: { data: [{ id: client.id }], operator: false },
    });
  });

  it('whose key nobody has used here is not among the connections', async () => {
    const headers = { 'x-relay-access-token': ACCESS };
    const answer = await relay.request('GET', '/v1/connections', { as: anAccount(), headers });
    expect(answer.body).toEqual({ data: [], operator: false });
  });
});

it('a relay without an operator token has no operator', async () => {
  const other = await startTestRelay(PGLITE);
  try {
    const headers = { authorization: 'Bearer undefined' };
    expect((await other.request('GET', '/v1/tasks', { headers })).status).toBe(401);
  } finally {
    await other.stop();
  }
});
