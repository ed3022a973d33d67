import type { SettingRow } from './setting.queries.ts';

const maskedValue = '--------';

/** What is stored encrypted is never answered. */
export const presentSetting = ({ key, value, encrypted }: Pick<SettingRow, 'key' | 'value' | 'encrypted'>) => ({
  key,
  value: encrypted ? maskedValue : value,
  encrypted,
});
