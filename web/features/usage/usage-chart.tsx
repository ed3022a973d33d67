import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { perLocale, useTranslation } from '../../texts/language.ts';
import type { AnswerOf } from '../../api/client.ts';
import { formatCompact, formatCount } from './usage-figures.ts';

type Point = AnswerOf<'usageTimeseries'>['data'][number];

const hour = perLocale((locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }));
const day = perLocale((locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }));

/** A day is a date without a time, so it must not be moved into another time zone. */
const labelOf = (date: string, interval: 'day' | 'hour') =>
  interval === 'hour' ? hour().format(new Date(date)) : day().format(new Date(`${date}T00:00:00Z`));

/** From this many on a gap between bars would be most of what a phone shows. */
const closeTogether = 60;

/** Room for the longest number of the scale, `280K` or `280.000`, in pixels. */
function widthOfScale(
  data: readonly { input: number; output: number; cacheRead: number; cacheWrite: number }[],
): number {
  const most = Math.max(
    0,
    ...data.map(({ input, output, cacheRead, cacheWrite }) => input + output + cacheRead + cacheWrite),
  );
  return 24 + 6.2 * Math.max(...[0.25, 0.5, 0.75, 1].map((part) => formatCompact(most * part).length));
}

/** Tokens by kind, stacked. Loaded only on this page: it brings the charting library along. */
export default function UsageChart({ points, interval }: { points: readonly Point[]; interval: 'day' | 'hour' }) {
  const { t } = useTranslation();
  const series = [
    { name: 'input', label: t('usage.input'), color: 'tide.6' },
    { name: 'output', label: t('usage.output'), color: 'yellow.6' },
    { name: 'cacheRead', label: t('usage.cacheRead'), color: 'teal.6' },
    { name: 'cacheWrite', label: t('usage.cacheWrite'), color: 'gray.5' },
  ];
  const data = points.map((point) => ({
    label: labelOf(point.date, interval),
    input: Number(point.inputTokens),
    output: Number(point.outputTokens),
    cacheRead: Number(point.cacheReadTokens),
    cacheWrite: Number(point.cacheWriteTokens),
  }));
  return (
    <div
      role="img"
      aria-label={t('usage.chartLabel', { interval: t(interval === 'hour' ? 'usage.perHour' : 'usage.perDay') })}
    >
      <BarChart
        h={260}
        data={data}
        dataKey="label"
        type="stacked"
        series={series}
        withLegend
        legendProps={{ verticalAlign: 'bottom' }}
        valueFormatter={formatCount}
        yAxisProps={{ tickFormatter: formatCompact, width: widthOfScale(data) }}
        xAxisProps={{ minTickGap: 24 }}
        barChartProps={{ margin: { right: 12 }, barCategoryGap: points.length > closeTogether ? 0 : '10%' }}
        barProps={{ maxBarSize: 40, isAnimationActive: false }}
        tickLine="none"
        gridAxis="x"
      />
    </div>
  );
}
