import { type AttackSetup, attacksOn } from './attacks.ts';

// A process of its own, so that what attackers do with their answers does not delay the colleague who is measured.

export interface AttackOrder {
  name: string;
  setup: AttackSetup;
}

const over = new AbortController();
process.once('disconnect', () => over.abort());
process.once('message', (message) => {
  const { name, setup } = message as AttackOrder;
  const attack = attacksOn(setup)[name];
  if (!attack) throw new Error(`There is no attack "${name}".`);
  void attack(over.signal)
    .catch(() => undefined)
    .finally(() => process.exit());
});
