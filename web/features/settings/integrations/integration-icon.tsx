import { Boxes, Search } from 'lucide-react';
import type { IntegrationType } from '../../../../contract/integrations.ts';
import classes from './integrations.module.css';

/** A sign of our own for each kind of system. */
export function IntegrationIcon({ type }: { type: IntegrationType }) {
  const Icon = type === 'odoo' ? Boxes : Search;
  return (
    <span className={classes.icon}>
      <Icon size={18} strokeWidth={1.8} aria-hidden />
    </span>
  );
}
