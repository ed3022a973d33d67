import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { PasswordInput } from './password-input.tsx';

const render = (error?: string) =>
  renderToStaticMarkup(
    <MantineProvider>
      <PasswordInput label="Token" error={error} />
    </MantineProvider>,
  );
const fieldOf = (html: string) => /<input[^>]*>/.exec(html)?.[0];

test('the field itself is marked as wrong, and only while it is', () => {
  expect(fieldOf(render('This token is refused.'))).toContain('aria-invalid="true"');
  expect(fieldOf(render())).not.toContain('aria-invalid');
});
