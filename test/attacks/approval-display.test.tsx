import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { showApproval } from '../../server/channels/telegram/approval-display.ts';
import { textsIn } from '../../server/channels/telegram/texts-in.ts';
import { ToolInput } from '../../web/features/chat/tool-input.tsx';

// People approve what they see. So what they are shown hides nothing and turns nothing around.

const call = (input: unknown) =>
  ({ toolCallId: 'c', name: 'odoo_write', state: 'approval', input, approvalId: crypto.randomUUID() }) as const;
const inBrowser = (input: unknown) => renderToStaticMarkup(<ToolInput input={input} />);
const onTelegram = async (input: unknown) =>
  (await showApproval(call(input), { run: { ended: false }, texts: textsIn('en') })).plain;

describe.each([
  ['in the browser', inBrowser],
  ['on Telegram', onTelegram],
])('a call that waits, %s', (_where, show) => {
  test.each([
    ['text turned around', 'pay\u202E00001 EUR', '⟨U+202E⟩'],
    ['isolated directions', 'a\u2066b\u2069c', '⟨U+2066⟩'],
    ['no width at all', 'pay\u200Bpal', '⟨U+200B⟩'],
    ['a soft hyphen', 'ad\u00ADmin', '⟨U+00AD⟩'],
    ['tags that spell a second text', `ok\u{E0064}\u{E0065}`, '⟨U+E0064⟩'],
    ['selectors that carry bytes', `x\u{E0101}`, '⟨U+E0101⟩'],
    ['a filler that looks like a space', 'a\u3164b', '⟨U+3164⟩'],
    ['a line separator', 'a\u2028b', '⟨U+2028⟩'],
  ])('shows %s', async (_what, hidden, seen) => {
    for (const input of [{ value: hidden }, { values: { note: [hidden] } }, { [hidden]: 1 }]) {
      const shown = await show(input);
      expect(shown).toContain(seen);
      expect(shown).not.toContain(hidden);
    }
  });

  test('leaves what people write as it is', async () => {
    const text = 'Grüße 👩‍👩‍👧 مرحبا می‌خواهم 李 – „ok“';
    expect(await show({ text })).toContain(text);
  });

  test('is text, whatever it says', async () => {
    const waiting = { ...call({ x: '</pre><b>Approved</b>' }), name: '<i>t' };
    const shown = await showApproval(waiting, { run: { ended: false }, texts: textsIn('en') });
    expect(shown.html).not.toMatch(/<b>Approved|<i>t/);
    expect(inBrowser({ '<img src=x>': '<script>alert(1)</script>' })).not.toMatch(/<img|<script/);
  });
});
