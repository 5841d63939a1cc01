import { inWorld, post } from './world.ts';

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

const form = { 'content-type': 'application/x-www-form-urlencoded' };

test.each([
  ['a JSON object', {}, '{"a":1}', { a: 1, querystring: { q: '1' } }],
  [
    'a JSON object with another content type',
    { 'content-type': 'text/plain' },
    '{"a":1}',
    { a: 1, querystring: { q: '1' } },
  ],
  ['nothing', {}, '', { querystring: { q: '1' } }],
  [
    'a form',
    form,
    'contacts%5Badd%5D%5B0%5D%5Bid%5D=1112&name=red+fox&empty=',
    { 'contacts[add][0][id]': '1112', name: 'red fox', empty: '', querystring: { q: '1' } },
  ],
  [
    'a form with JSON in it',
    { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    'some_json=%7B%22foo%22%3A%22hooray%21%22%7D&list=%5B1%5D&number=1&nothing=null',
    {
      some_json: { foo: 'hooray!' },
      list: [1],
      number: '1',
      nothing: 'null',
      querystring: { q: '1' },
    },
  ],
  ['broken JSON', {}, '{ not json', { raw: '{ not json', querystring: { q: '1' } }],
  ['a JSON text', {}, '"text"', { raw: '"text"', querystring: { q: '1' } }],
  [
    'XML',
    { 'content-type': 'application/xml' },
    '<a>1</a>',
    { raw: '<a>1</a>', querystring: { q: '1' } },
  ],
])('perform finds %s as the platform has read it', (_, headers, content, event) =>
  inWorld(async (zapier) => {
    const zap = zapier.connect({}).zap('event');
    await zap.switchOn();
    await post(`${zap.targetUrl}?q=1`, content, headers);
    await zapier.settled();

    expect(zap.runs).toMatchObject([{ bundle: { rawRequest: { content } } }]);
    expect(zap.runs[0]?.event).toEqual(event);
  }),
);

test('a JSON list is one run per element where perform returns it, without the query string', () =>
  inWorld(async (zapier) => {
    const zap = zapier.connect({}).zap('event');
    await zap.switchOn();
    await post(`${zap.targetUrl}?hello=world`, [{ name: 'bryan' }, { name: 'mike' }]);
    await zapier.settled();

    expect(zap.runs).toEqual([{ name: 'bryan' }, { name: 'mike' }]);
  }));

test('a GET runs the Zap with its query string alone', () =>
  inWorld(async (zapier) => {
    const zap = zapier.connect({}).zap('event');
    await zap.switchOn();
    await fetch(`${zap.targetUrl}?hello=world`);
    await zapier.settled();

    expect(zap.runs).toMatchObject([{ bundle: { rawRequest: { method: 'GET', content: '' } } }]);
    expect(zap.runs[0]?.event).toEqual({ querystring: { hello: 'world' } });
  }));
