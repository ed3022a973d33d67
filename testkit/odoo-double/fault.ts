/** A Python exception as Odoo's RPC layer names it, such as `odoo.exceptions.AccessError`. */
export class OdooFault extends Error {
  readonly exception: string;
  /** The HTTP status that JSON-2 answers it with; JSON-RPC answers 200 whatever happens. */
  readonly status: number;

  constructor(exception: string, message: string) {
    super(message);
    this.exception = exception;
    this.status = statuses[exception] ?? 500;
  }
}

/** `http_status` of odoo/exceptions.py and of Werkzeug's own exceptions. */
const statuses: Record<string, number> = {
  'odoo.exceptions.UserError': 422,
  'odoo.exceptions.ValidationError': 422,
  'odoo.exceptions.AccessDenied': 403,
  'odoo.exceptions.AccessError': 403,
  'odoo.exceptions.MissingError': 404,
  'werkzeug.exceptions.NotFound': 404,
  'werkzeug.exceptions.Unauthorized': 401,
  'werkzeug.exceptions.UnprocessableEntity': 422,
};
