import { Parser } from 'htmlparser2';
import { OdooFault } from './fault.ts';

/** A call as Python's `xmlrpc.client.loads` reads it. */
export function readXmlRpcCall(xml: string): { method: string; args: unknown[] } {
  interface Element {
    name: string;
    text: string;
    children: Element[];
  }
  const root: Element = { name: '', text: '', children: [] };
  const open = [root];
  const parser = new Parser(
    {
      onopentag(name) {
        const element = { name, text: '', children: [] };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      ontext(text) {
        const element = open.at(-1);
        if (element) element.text += text;
      },
      onclosetag: () => void open.pop(),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);

  const child = (element: Element | undefined, name: string) => element?.children.find((one) => one.name === name);

  function valueOf(element: Element | undefined): unknown {
    const [typed] = element?.children ?? [];
    if (!typed) return element?.text ?? '';
    switch (typed.name) {
      case 'int':
      case 'i4':
        if (Math.abs(Number(typed.text)) > 2 ** 31)
          throw new OdooFault('builtins.OverflowError', 'int exceeds XML-RPC limits');
        return Number(typed.text);
      case 'i8':
      case 'double':
        return Number(typed.text);
      case 'boolean':
        return typed.text === '1';
      case 'nil':
        return null;
      case 'array':
        return child(typed, 'data')?.children.map(valueOf) ?? [];
      case 'struct':
        return Object.fromEntries(
          typed.children.map((member) => [child(member, 'name')?.text ?? '', valueOf(child(member, 'value'))]),
        );
      default:
        return typed.text;
    }
  }

  const call = child(root, 'methodCall');
  const params = child(call, 'params')?.children ?? [];
  return { method: child(call, 'methodName')?.text ?? '', args: params.map((param) => valueOf(child(param, 'value'))) };
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** As `OdooMarshaller` of odoo/addons/base/controllers/rpc.py: no None, and no control characters. */
function marshal(value: unknown): string {
  if (value === null || value === undefined)
    throw new OdooFault('builtins.TypeError', 'cannot marshal None unless allow_none is enabled');
  if (typeof value === 'boolean') return `<value><boolean>${value ? 1 : 0}</boolean></value>\n`;
  if (typeof value === 'number')
    return Number.isInteger(value)
      ? `<value><int>${value}</int></value>\n`
      : `<value><double>${value}</double></value>\n`;
  if (Array.isArray(value)) return `<value><array><data>\n${value.map(marshal).join('')}</data></array></value>\n`;
  if (typeof value === 'object') {
    const members = Object.entries(value).map(
      ([name, member]) => `<member>\n<name>${escape(name)}</name>\n${marshal(member)}</member>\n`,
    );
    return `<value><struct>\n${members.join('')}</struct></value>\n`;
  }
  // oxlint-disable-next-line no-control-regex
  const text = String(value).replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '');
  return `<value><string>${escape(text)}</string></value>\n`;
}

export const xmlRpcResult = (value: unknown): string =>
  `<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n${marshal(value)}</param>\n</params>\n</methodResponse>\n`;

/** AccessDenied, AccessError, and the other children of UserError have codes of their own; the rest is a bare traceback. */
export function xmlRpcFault({ exception, message }: OdooFault): string {
  const codes: Record<string, number> = {
    'odoo.exceptions.AccessDenied': 3,
    'odoo.exceptions.AccessError': 4,
    'odoo.exceptions.UserError': 2,
    'odoo.exceptions.ValidationError': 2,
    'odoo.exceptions.MissingError': 2,
    'odoo.exceptions.RedirectWarning': 2,
  };
  const faultCode = codes[exception] ?? 1;
  const frames = [
    'Traceback (most recent call last):',
    '  File "/opt/odoo/odoo/addons/base/controllers/rpc.py", line 148, in xmlrpc_2',
    '    response = self._xmlrpc(service)',
    '  File "/opt/odoo/odoo/service/model.py", line 63, in execute_cr',
    '    result = retrying(partial(odoo.api.call_kw, recs, method, args, kw), env)',
    `${exception.replace(/^builtins\./, '')}: ${message}`,
  ];
  const faultString = faultCode === 1 ? `${frames.join('\n')}\n` : message;
  return `<?xml version='1.0'?>\n<methodResponse>\n<fault>\n${marshal({ faultCode, faultString })}</fault>\n</methodResponse>\n`;
}
