/** What a day cost; null where nothing had a price. */
export interface DayCost {
  /** `YYYY-MM-DD` */
  date: string;
  cost: number | null;
}

interface Forecast {
  /** Since the first of the month. */
  spent: number;
  /** By the end of the month. */
  expected: number;
  /** How many days it is made from. */
  days: number;
}

/** With fewer days a week would hardly be told from the next. */
const minDays = 14;
export const maxDays = 28;

/**
 * What the month of `today` will have cost: what was spent, plus for each day left what its kind, a working day or one of the
 * weekend, cost on average over the last whole days, at most four weeks. `costs` are consecutive days up to today.
 * Undefined with too little to go by.
 */
export function forecastMonth(costs: readonly DayCost[], today: string): Forecast | undefined {
  const first = costs.findIndex(({ cost }) => cost !== null);
  if (first < 0) return undefined;
  const known = costs
    .slice(first)
    .filter(({ date }) => date < today)
    .slice(-maxDays);
  if (known.length < minDays) return undefined;
  const meanOf = (isWeekend: boolean) => {
    const alike = known.filter(({ date }) => isWeekendDay(date) === isWeekend);
    return alike.reduce((sum, { cost }) => sum + (cost ?? 0), 0) / alike.length;
  };
  const means = { true: meanOf(true), false: meanOf(false) };
  const mean = (date: string) => means[`${isWeekendDay(date)}`];
  const month = today.slice(0, 7);
  const spent = costs.reduce((sum, { date, cost }) => (date.startsWith(month) ? sum + (cost ?? 0) : sum), 0);
  const spentToday = costs.find(({ date }) => date === today)?.cost ?? 0;
  // Today is not over: what is usual may still come.
  let expected = spent + Math.max(0, mean(today) - spentToday);
  for (let date = dayAfter(today); date.startsWith(month); date = dayAfter(date)) expected += mean(date);
  return { spent, expected, days: known.length };
}

const dayMs = 86_400_000;
const dayAfter = (date: string): string => new Date(Date.parse(date) + dayMs).toISOString().slice(0, 10);
const isWeekendDay = (date: string): boolean => [0, 6].includes(new Date(date).getUTCDay());
