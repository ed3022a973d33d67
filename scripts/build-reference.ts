import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import reference from '@scalar/fastify-api-reference';
import Fastify from 'fastify';

/**
 * Writes Scalar's page and script into a directory, from where the server sends them: the package would keep its five
 * megabytes in the memory of the process, and compress them anew at each request.
 */
export async function buildReference(directory: string): Promise<void> {
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
  const page = await server.inject('/api/docs/');
  const script = await server.inject('/api/docs/js/scalar.js');
  await server.close();
  if (page.statusCode !== 200 || script.statusCode !== 200) throw new Error('Scalar’s page or script was not found.');
  await mkdir(join(directory, 'js'), { recursive: true });
  // Its script is named as seen from `/api/docs/`; people come without the slash.
  await writeFile(join(directory, 'page.html'), page.body.replaceAll('src="js/', 'src="/api/docs/js/'));
  await writeFile(join(directory, 'js/scalar.js'), script.rawPayload);
}
