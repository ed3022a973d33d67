import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { completeDocument } from './openapi-document.ts';
import { createKeptAnswer } from './kept-answer.ts';
import { installReference } from './reference.ts';

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
  const answer = createKeptAnswer('application/json; charset=utf-8', () => JSON.stringify(app.swagger()));
  app.get('/api/openapi.json', { schema: { hide: true }, compress: false }, answer);
  await installReference(app);
}

/** Files are read as a stream, so no schema validates them; this one is for the document only. */
const fileBody = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', format: 'binary' } },
};
