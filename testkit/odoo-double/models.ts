export interface FieldDefinition {
  type: string;
  string: string;
  required?: boolean;
  readonly?: boolean;
  relation?: string;
  /** The many2one of the related model that points back, of a one2many. */
  inverse?: string;
  selection?: [string, string][];
  /** Stored by language. */
  translate?: boolean;
}

export interface ModelDefinition {
  name: string;
  fields: Record<string, FieldDefinition>;
}

const text = (string: string, more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  type: 'char',
  string,
  ...more,
});
const number = (string: string, type = 'float'): FieldDefinition => ({ type, string });
const to = (relation: string, string: string, more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  type: 'many2one',
  string,
  relation,
  ...more,
});
const many = (relation: string, inverse: string, string: string): FieldDefinition => ({
  type: 'one2many',
  string,
  relation,
  inverse,
});
const date = (string: string): FieldDefinition => ({ type: 'date', string });
const choice = (string: string, ...values: string[]): FieldDefinition => ({
  type: 'selection',
  string,
  selection: values.map((value) => [value, value]),
});
const company = to('res.company', 'Company');
/** What models have that can be followed and talked about. */
const threaded: Record<string, FieldDefinition> = {
  message_ids: many('mail.message', 'res_id', 'Messages'),
  message_partner_ids: { type: 'many2many', string: 'Followers (Partners)', relation: 'res.partner' },
  activity_ids: many('mail.activity', 'res_id', 'Activities'),
};

/** The part of Odoo's data model that Pinchy's agents meet first, under Odoo's own names. */
export const modelDefinitions: Record<string, ModelDefinition> = {
  'ir.model': {
    name: 'Models',
    fields: { model: text('Model'), name: text('Name'), transient: number('Transient', 'boolean') },
  },
  'res.lang': {
    name: 'Languages',
    fields: { name: text('Name'), code: text('Locale Code'), active: number('Active', 'boolean') },
  },
  'res.company': { name: 'Companies', fields: { name: text('Company Name', { required: true }) } },
  'res.users': {
    name: 'User',
    fields: {
      name: text('Name'),
      login: text('Login'),
      company_id: { type: 'many2one', string: 'Company', relation: 'res.company' },
      company_ids: { type: 'many2many', string: 'Companies', relation: 'res.company' },
    },
  },
  'res.partner': {
    name: 'Contact',
    fields: {
      name: text('Name', { required: true }),
      email: text('Email'),
      phone: text('Phone'),
      city: text('City'),
      comment: { type: 'html', string: 'Notes' },
      active: number('Active', 'boolean'),
      is_company: number('Is a Company', 'boolean'),
      parent_id: to('res.partner', 'Related Company'),
      child_ids: many('res.partner', 'parent_id', 'Contacts'),
      company_id: company,
      image_1920: { type: 'binary', string: 'Image' },
      ...threaded,
    },
  },
  'crm.lead': {
    name: 'Lead/Opportunity',
    fields: {
      name: text('Opportunity', { required: true }),
      partner_id: to('res.partner', 'Customer'),
      expected_revenue: number('Expected Revenue', 'monetary'),
      probability: number('Probability'),
      stage: choice('Stage', 'new', 'qualified', 'won', 'lost'),
      date_deadline: date('Expected Closing'),
      company_id: company,
    },
  },
  'sale.order': {
    name: 'Sales Order',
    fields: {
      name: text('Order Reference', { readonly: true }),
      partner_id: to('res.partner', 'Customer', { required: true }),
      date_order: { type: 'datetime', string: 'Order Date' },
      amount_total: { ...number('Total', 'monetary'), readonly: true },
      state: choice('Status', 'draft', 'sent', 'sale', 'cancel'),
      order_line: many('sale.order.line', 'order_id', 'Order Lines'),
      currency_id: to('res.currency', 'Currency'),
      company_id: { ...company, required: true },
      ...threaded,
    },
  },
  'sale.order.line': {
    name: 'Sales Order Line',
    fields: {
      name: text('Description'),
      order_id: to('sale.order', 'Order Reference'),
      product_id: to('product.product', 'Product'),
      product_uom_qty: number('Quantity'),
      price_subtotal: number('Subtotal', 'monetary'),
    },
  },
  'product.product': {
    name: 'Product Variant',
    fields: {
      name: text('Name', { required: true, translate: true }),
      default_code: text('Internal Reference'),
      company_id: company,
      list_price: number('Sales Price'),
      qty_available: number('Quantity On Hand'),
    },
  },
  'stock.quant': {
    name: 'Quants',
    fields: {
      product_id: to('product.product', 'Product'),
      location: text('Location'),
      quantity: number('Quantity'),
      company_id: company,
    },
  },
  'account.move': {
    name: 'Journal Entry',
    fields: {
      name: text('Number', { readonly: true }),
      move_type: choice('Type', 'entry', 'out_invoice', 'out_refund', 'in_invoice', 'in_refund', 'in_receipt'),
      ref: text('Reference'),
      partner_id: to('res.partner', 'Partner'),
      invoice_date: date('Invoice/Bill Date'),
      amount_total: { ...number('Total', 'monetary'), readonly: true },
      state: choice('Status', 'draft', 'posted', 'cancel'),
      payment_state: choice('Payment Status', 'not_paid', 'in_payment', 'paid', 'partial', 'reversed'),
      amount_residual: { ...number('Amount Due', 'monetary'), readonly: true },
      currency_id: to('res.currency', 'Currency'),
      invoice_line_ids: many('account.move.line', 'move_id', 'Invoice lines'),
      company_id: company,
      ...threaded,
    },
  },
  'account.move.line': {
    name: 'Journal Item',
    fields: {
      name: text('Label'),
      move_id: to('account.move', 'Journal Entry'),
      quantity: number('Quantity'),
      price_unit: number('Unit Price'),
      balance: number('Balance', 'monetary'),
    },
  },
  'res.currency': { name: 'Currency', fields: { name: text('Currency') } },
  'account.journal': {
    name: 'Journal',
    fields: { name: text('Journal Name'), type: text('Type'), company_id: company },
  },
  'account.payment': {
    name: 'Payments',
    fields: { amount: number('Amount', 'monetary'), move_id: to('account.move', 'Bill'), date: date('Date') },
  },
  'account.payment.register': {
    name: 'Pay',
    fields: {
      amount: number('Amount', 'monetary'),
      payment_date: date('Payment Date'),
      journal_id: to('account.journal', 'Journal'),
      move_ids: { type: 'many2many', string: 'Bills', relation: 'account.move' },
    },
  },
  'stock.picking': {
    name: 'Transfer',
    fields: {
      name: text('Reference', { readonly: true }),
      partner_id: to('res.partner', 'Contact'),
      picking_type_code: choice('Type of Operation', 'incoming', 'outgoing', 'internal'),
      state: choice('Status', 'draft', 'waiting', 'confirmed', 'assigned', 'done', 'cancel'),
      backorder_id: to('stock.picking', 'Back Order of'),
      company_id: company,
      ...threaded,
    },
  },
  'stock.move': {
    name: 'Stock Move',
    fields: {
      picking_id: to('stock.picking', 'Transfer'),
      product_id: to('product.product', 'Product'),
      product_uom_qty: number('Demand'),
      quantity: number('Quantity'),
      state: choice('Status', 'draft', 'confirmed', 'assigned', 'done', 'cancel'),
    },
  },
  'mail.activity': {
    name: 'Activity',
    fields: {
      active: number('Active', 'boolean'),
      res_model: text('Related Document Model'),
      res_id: number('Related Document ID', 'integer'),
      res_name: text('Document Name'),
      summary: text('Summary'),
      note: { type: 'html', string: 'Note' },
      date_deadline: date('Due Date'),
      user_id: to('res.users', 'Assigned to'),
      activity_type_id: to('mail.activity.type', 'Activity Type'),
    },
  },
  'mail.activity.type': { name: 'Activity Type', fields: { name: text('Name') } },
  'mail.message': {
    name: 'Message',
    fields: {
      model: text('Related Document Model'),
      res_id: number('Related Document ID', 'integer'),
      body: { type: 'html', string: 'Contents' },
      subtype_id: text('Subtype'),
    },
  },
  'hr.employee': {
    name: 'Employee',
    fields: {
      name: text('Employee Name', { required: true }),
      job_title: text('Job Title'),
      department: text('Department'),
      work_email: text('Work Email'),
      private_phone: text('Private Phone'),
      company_id: company,
    },
  },
  'ir.attachment': {
    name: 'Attachment',
    fields: {
      name: text('Name', { required: true }),
      res_model: text('Resource Model'),
      res_id: number('Resource ID', 'many2one_reference'),
      mimetype: text('Mime Type'),
      datas: { type: 'binary', string: 'File Content (base64)' },
      file_size: { ...number('File Size', 'integer'), readonly: true },
    },
  },
};

export type OdooRecord = Record<string, unknown> & { id: number };

/** A small company group with something in every model. Many2one values are ids, false where empty. */
export function sampleRecords(companyNames: string[]): Record<string, Omit<OdooRecord, 'id'>[]> {
  const second = Math.min(2, companyNames.length);
  return {
    'res.lang': [
      { name: 'English (US)', code: 'en_US' },
      { name: 'German / Deutsch', code: 'de_DE' },
    ],
    'res.company': companyNames.map((name) => ({ name })),
    'res.partner': [
      { name: 'Deco Addict', email: 'info@deco.example', city: 'Vienna', is_company: true, image_1920: 'aW1hZ2U=' },
      { name: 'Gemini Furniture', email: 'hello@gemini.example', city: 'Graz', is_company: true },
      { name: 'Douglas Fletcher', email: 'douglas@deco.example', city: 'Vienna', is_company: false, parent_id: 1 },
    ],
    'crm.lead': [
      {
        name: 'Office fit-out',
        partner_id: 1,
        expected_revenue: 12_000,
        probability: 40,
        stage: 'qualified',
        company_id: 1,
      },
      {
        name: 'Chairs for the canteen',
        partner_id: 2,
        expected_revenue: 3_500,
        probability: 70,
        stage: 'new',
        company_id: second,
      },
    ],
    'sale.order': [
      {
        name: 'S00001',
        partner_id: 1,
        date_order: '2026-01-10 09:00:00',
        amount_total: 1_200,
        state: 'sale',
        company_id: 1,
        order_line: [1],
      },
      {
        name: 'S00002',
        partner_id: 2,
        date_order: '2026-02-03 10:00:00',
        amount_total: 800.5,
        state: 'sale',
        company_id: second,
        order_line: [2],
      },
      {
        name: 'S00003',
        partner_id: 1,
        date_order: '2026-02-20 11:00:00',
        amount_total: 99,
        currency_id: 1,
        state: 'draft',
        company_id: 1,
        order_line: [],
        message_partner_ids: [1, 3],
      },
    ],
    'sale.order.line': [
      { name: 'Desk', order_id: 1, product_id: 1, product_uom_qty: 4, price_subtotal: 1_200 },
      { name: 'Chair', order_id: 2, product_id: 2, product_uom_qty: 10, price_subtotal: 800.5 },
    ],
    'product.product': [
      { name: 'Desk', default_code: 'DESK-1', list_price: 300, qty_available: 12 },
      { name: 'Chair', default_code: 'CHAIR-1', list_price: 80.05, qty_available: 0 },
    ],
    'stock.quant': [
      { product_id: 1, location: 'WH/Stock', quantity: 12, company_id: 1 },
      { product_id: 2, location: 'WH/Stock', quantity: 0, company_id: 1 },
    ],
    'account.move': [
      {
        name: 'BILL/2026/0001',
        move_type: 'in_invoice',
        ref: 'RE-77',
        partner_id: 2,
        invoice_date: '2026-01-15',
        amount_total: 500,
        amount_residual: 500,
        payment_state: 'not_paid',
        currency_id: 1,
        state: 'posted',
        company_id: 1,
        invoice_line_ids: [],
      },
      {
        name: 'INV/2026/0001',
        move_type: 'out_invoice',
        ref: false,
        partner_id: 1,
        invoice_date: '2026-01-20',
        amount_total: 1_200,
        state: 'posted',
        company_id: 1,
        invoice_line_ids: [],
      },
    ],
    'account.move.line': [],
    'res.currency': [{ name: 'EUR' }],
    'account.journal': [
      { name: 'Bank', type: 'bank', company_id: 1 },
      { name: 'Sales', type: 'sale', company_id: 1 },
    ],
    'stock.picking': [
      { name: 'WH/OUT/00001', partner_id: 1, picking_type_code: 'outgoing', state: 'assigned', company_id: 1 },
      { name: 'WH/OUT/00002', partner_id: 2, picking_type_code: 'outgoing', state: 'assigned', company_id: 1 },
    ],
    'stock.move': [
      { picking_id: 1, product_id: 1, product_uom_qty: 4, quantity: 4, state: 'assigned' },
      { picking_id: 2, product_id: 1, product_uom_qty: 4, quantity: 3, state: 'assigned' },
      { picking_id: 2, product_id: 2, product_uom_qty: 2, quantity: 2, state: 'assigned' },
    ],
    'hr.employee': [
      {
        name: 'Anita Oliver',
        job_title: 'Buyer',
        department: 'Purchasing',
        work_email: 'anita@example.com',
        private_phone: '555-1',
        company_id: 1,
      },
    ],
    'ir.attachment': [],
    'ir.model': Object.entries(modelDefinitions).map(([model, { name }]) => ({ model, name, transient: false })),
  };
}
