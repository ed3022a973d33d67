/** Labels of fields in German, as a database has them in which that language is installed. */
export const germanLabels: Record<string, string> = {
  Name: 'Name',
  Email: 'E-Mail',
  Phone: 'Telefon',
  City: 'Ort',
  Notes: 'Notizen',
  Customer: 'Kunde',
  Description: 'Beschreibung',
  Quantity: 'Menge',
  Status: 'Status',
  Total: 'Gesamt',
  Opportunity: 'Verkaufschance',
  'Is a Company': 'Ist ein Unternehmen',
  'Related Company': 'Zugehöriges Unternehmen',
  'Order Lines': 'Auftragszeilen',
  'Expected Revenue': 'Erwarteter Umsatz',
};
