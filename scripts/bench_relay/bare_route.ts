import fastify from 'fastify';

/** The first reference: a route that only parses the body and answers. */
const server = fastify();
server.post('/v1/callbacks/:connection', async () => ({ received: true }));
const address = await server.listen({ host: '127.0.0.1', port: 0 });
process.stderr.write(`listening on ${address}\n`);
process.once('SIGTERM', () => server.close());
