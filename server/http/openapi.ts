import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { completeDocument } from './openapi-document.ts';

/** The OpenAPI 3.1 document, generated from the schemas that validate; `/api/docs` renders it. Both are public. */
export async function installOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Pinchy',
        version: '1',
        description:
          'Requests are authenticated by the session cookie that `POST /api/auth/sign-in/email` sets. While a domain is locked its name begins with `__Host-`.',
      },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'pinchy.session_token' } } },
    },
    transform: (input) => {
      const access = input.route.config?.access;
      const { schema, url } = jsonSchemaTransform(input);
      if (access === undefined) return { schema: { ...schema, hide: true }, url };
      const security = access === 'public' ? [] : [{ session: [] }];
      const body = schema.consumes?.includes('multipart/form-data') ? { body: fileBody } : {};
      return { schema: { ...schema, ...body, security, 'x-access': access }, url };
    },
    transformObject: (input) => completeDocument(jsonSchemaTransformObject(input)),
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  installReference(app);
}

/** Files are read as a stream, so no schema validates them; this one is for the document only. */
const fileBody = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', format: 'binary' } },
};

/** Scalar's page is rendered by an inner server on first use: its script is megabytes that most servers never need. */
function installReference(app: FastifyInstance): void {
  let inner: Promise<FastifyInstance> | undefined;

  async function startInner(): Promise<FastifyInstance> {
    const { default: reference } = await import('@scalar/fastify-api-reference');
    const server = Fastify();
    await server.register(reference, {
      routePrefix: '/api/docs',
      configuration: {
        url: '/api/openapi.json',
        withDefaultFonts: false,
        telemetry: false,
        hideClientButton: true,
        // Its buttons lead to services of the vendor.
        showDeveloperTools: 'never',
        agent: { disabled: true },
      },
    });
    await server.ready();
    return server;
  }

  for (const url of ['/api/docs', '/api/docs/*']) {
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      inner ??= startInner();
      const path = request.url === '/api/docs' ? '/api/docs/' : request.url;
      const answer = await (await inner).inject({ method: 'GET', url: path });
      const type = answer.headers['content-type'];
      reply.code(answer.statusCode);
      if (type) reply.type(String(type));
      if (!String(type).startsWith('text/html')) return answer.rawPayload;
      const nonce = crypto.randomUUID();
      reply.header(
        'content-security-policy',
        `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      );
      // Its script is named as seen from `/api/docs/`; people come without the slash.
      const page = answer.body.replaceAll('src="js/', 'src="/api/docs/js/');
      return page.replaceAll('<script', `<script nonce="${nonce}"`);
    });
  }
}
