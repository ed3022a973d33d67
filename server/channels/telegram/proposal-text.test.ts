import { expect, test } from 'vitest';
import type { Proposal } from '../../../contract/proposals.ts';
import { describeProposal } from './proposal-text.ts';
import { textsIn } from './texts-in.ts';

const proposal: Proposal = {
  action: 'change',
  connection: { id: 'c', name: 'Buchhaltung', host: 'erp.example.com' },
  model: { name: 'sale.order', title: 'Sales Order' },
  records: [{ id: 7, name: 'S0007' }],
  about: [{ name: 'partner', labels: {}, after: { kind: 'text', text: 'Deco Addict' } }],
  fields: [
    {
      name: 'amount',
      labels: {},
      before: [{ kind: 'empty' }],
      after: { kind: 'number', number: 1234.5, unit: 'EUR' },
    },
    {
      name: 'active',
      labels: { own: 'Active', de: 'Aktiv', fr: 'Actif', es: 'Activo', en: 'Active' },
      before: [{ kind: 'boolean', value: true }],
      after: { kind: 'boolean', value: false },
    },
    { name: 'kind', labels: {}, after: { kind: 'choice', key: 'meeting', labels: {} } },
    { name: 'path', labels: {}, after: { kind: 'file', bytes: 2048 } },
    {
      name: 'goods',
      labels: {},
      after: {
        kind: 'lines',
        lines: [
          { change: 'delete', records: [{ id: 2, name: 'Chair' }], fields: [] },
          { change: 'unlink_all', records: [], fields: [] },
        ],
      },
    },
    { name: 'followers', labels: {}, after: { kind: 'records', records: [{ id: 5, name: 'Ada' }], count: 4 } },
  ],
  destroys: true,
};

test.each([
  [
    'de',
    'Ein Angebot oder einen Auftrag ändern – in Buchhaltung (erp.example.com)',
    [
      '• “S0007” (#7)',
      'Mit: “Deco Addict”',
      'Betrag: (leer) → 1.234,5 EUR',
      'Aktiv: ja → nein',
      'Art: Termin',
      'Datei: Datei mit 2.048 Byte',
      'Ware:',
      '  − Endgültig gelöscht “Chair” (#2)',
      '  − Alle entfernt',
      'Geht an: “Ada” (#5), und 3 weitere',
    ],
  ],
  [
    'fr-CA',
    'Modifier un devis ou une commande dans Buchhaltung (erp.example.com)',
    [
      '• “S0007” (#7)',
      'Avec: “Deco Addict”',
      'Montant: (vide) → 1 234,5 EUR',
      'Actif: oui → non',
      'Type: réunion',
      'Fichier: Fichier de 2 048 octets',
      'Marchandises:',
      '  − Supprimé définitivement “Chair” (#2)',
      '  − Tous retirés',
      'Destinataires: “Ada” (#5), et 3 autres',
    ],
  ],
  [
    'es',
    'Cambiar un presupuesto o pedido en Buchhaltung (erp.example.com)',
    [
      '• “S0007” (#7)',
      'Con: “Deco Addict”',
      'Importe: (vacío) → 1234,5 EUR',
      'Activo: sí → no',
      'Tipo: reunión',
      'Archivo: Archivo de 2048 bytes',
      'Mercancía:',
      '  − Eliminado definitivamente “Chair” (#2)',
      '  − Todos quitados',
      'Destinatarios: “Ada” (#5), y 3 más',
    ],
  ],
  [
    'xx',
    'Change a quotation or sales order in Buchhaltung (erp.example.com)',
    [
      '• “S0007” (#7)',
      'With: “Deco Addict”',
      'Amount: (empty) → 1,234.5 EUR',
      'Active: yes → no',
      'Kind: meeting',
      'File: File of 2,048 bytes',
      'Goods:',
      '  − Deleted for good “Chair” (#2)',
      '  − All removed',
      'Goes to: “Ada” (#5), and 3 more',
    ],
  ],
])(
  'a proposal in the words of the pages, in the language of the person’s Telegram: %s',
  (language, headline, lines) => {
    const said = describeProposal(proposal, textsIn(language));
    expect(said.headline).toBe(headline);
    expect(said.lines.map((line) => line.replaceAll(/[\u00a0\u202f]/g, ' '))).toEqual(lines);
  },
);
