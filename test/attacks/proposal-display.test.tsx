import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { Proposal } from '../../contract/proposals.ts';
import { showApproval } from '../../server/channels/telegram/approval-display.ts';
import { textsIn } from '../../server/channels/telegram/texts-in.ts';
import ProposalView from '../../web/features/approvals/proposal-view.tsx';

// What a proposal says comes from models, from Odoo and from whoever writes there: it hides nothing and looks like nothing else.

const plain: Proposal = {
  action: 'change',
  connection: { id: 'c', name: 'Production Odoo', host: 'erp.example.com' },
  model: { name: 'res.partner', title: 'Contact' },
  records: [{ id: 1, name: 'Deco Addict' }],
  about: [],
  fields: [
    {
      name: 'phone',
      labels: { own: 'Phone' },
      before: [{ kind: 'text', text: '111' }],
      after: { kind: 'text', text: '222' },
    },
  ],
  destroys: false,
};
const input = { values: { phone: '222' } };
const inBrowser = (proposal: Proposal) =>
  renderToStaticMarkup(<ProposalView proposal={proposal} tool="odoo_write" input={input} />);
const onTelegram = (proposal: Proposal) =>
  showApproval(
    { toolCallId: 'c', name: 'odoo_write', state: 'approval', input, proposal, approvalId: crypto.randomUUID() },
    { run: { ended: false }, texts: textsIn('en') },
  );
const withText = (text: string): Proposal[] => [
  { ...plain, fields: [{ ...plain.fields[0]!, after: { kind: 'text', text } }] },
  { ...plain, fields: [{ ...plain.fields[0]!, before: [{ kind: 'text', text }] }] },
  { ...plain, fields: [{ ...plain.fields[0]!, labels: { own: text } }] },
  { ...plain, fields: [{ ...plain.fields[0]!, after: { kind: 'choice', key: 'x', labels: { own: text } } }] },
  { ...plain, fields: [{ ...plain.fields[0]!, after: { kind: 'number', number: 1, unit: text } }] },
  {
    ...plain,
    fields: [{ ...plain.fields[0]!, after: { kind: 'records', records: [{ id: 5, name: text }], count: 1 } }],
  },
  { ...plain, records: [{ id: 1, name: text }] },
];

describe.each([
  ['in the browser', inBrowser],
  ['on Telegram', async (proposal: Proposal) => (await onTelegram(proposal)).html],
])('%s', (_where, show) => {
  test.each([
    ['text turned around', 'pay\u202E00001', '⟨U+202E⟩'],
    ['no width at all', 'pay\u200Bpal', '⟨U+200B⟩'],
    ['a control character', 'a\u0008b', '⟨U+0008⟩'],
    ['tags that spell a second text', 'ok\u{E0064}', '⟨U+E0064⟩'],
  ])('shows %s wherever it stands', async (_what, hidden, seen) => {
    for (const proposal of withText(hidden)) {
      expect(await show(proposal)).toContain(seen);
      expect(await show(proposal)).not.toContain(hidden);
    }
  });

  test('is text, whatever it says', async () => {
    for (const proposal of withText('</dl></b><img src=x><script>')) {
      expect(await show(proposal)).not.toMatch(/<img|<script|<\/dl><\/b>/);
    }
  });

  test('counts what would push the rest out of sight', async () => {
    const [proposal] = withText(`fine${'\n'.repeat(80)}discount 90 %${' '.repeat(300)}gone`);
    const shown = await show(proposal!);
    expect(shown).toContain('discount 90 %');
    expect(shown).toContain('79 × ↵');
    expect(shown).toContain('300 × ␣');
    expect(shown).not.toContain('\n\n\n\n');
  });

  test('tells nothing from the word for nothing, and two records of one name by their numbers', async () => {
    const value = async (after: Proposal['fields'][number]['after']) =>
      await show({ ...plain, fields: [{ name: 'x', labels: {}, after }] });
    expect(await value({ kind: 'empty' })).not.toBe(await value({ kind: 'text', text: '(empty)' }));
    const record = (id: number) => value({ kind: 'records', records: [{ id, name: 'Deco Addict' }], count: 1 });
    expect(await record(1)).not.toBe(await record(2));
  });
});

test('on Telegram a value cannot look like a further field', async () => {
  const [proposal] = withText('222\nAmount: 5.00 EUR');
  const { plain: shown } = await onTelegram(proposal!);
  expect(shown).not.toMatch(/^Amount:/m);
  expect(shown).toContain('┆ Amount: 5.00 EUR');
});

test('on Telegram a call that is not shown whole can only be denied', async () => {
  const cut: Proposal = {
    ...plain,
    fields: [{ ...plain.fields[0]!, after: { kind: 'text', text: 'x', characters: 9_000 } }],
  };
  const many = { ...plain, records: Array.from({ length: 30 }, (_, id) => ({ id, name: `Record ${id}` })) };
  const long: Proposal = withText('y'.repeat(3_000))[0]!;
  for (const proposal of [cut, many, long]) {
    const { buttons, html } = await onTelegram(proposal);
    expect(buttons.map(({ text }) => text)).toEqual(['Deny']);
    expect(html.length).toBeLessThan(4_000);
  }
  expect((await onTelegram(plain)).buttons).toHaveLength(2);
});
