import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

use([BarChart, GridComponent, LegendComponent, CanvasRenderer]);

interface Promises {
  readonly name: string;
  readonly kept: number;
  readonly owed: number;
  readonly overdue: number;
}

const ROW_PX = 28;

/** How many promises each department has kept, still owes in time, and owes too late. */
export default function PromisesChart({ departments }: { departments: readonly Promises[] }): ReactNode {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const height = 80 + departments.length * ROW_PX;
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const chart = init(element, null, { renderer: 'canvas', height });
    const bar = (name: 'kept' | 'owed' | 'overdue', color: string): object => ({
      type: 'bar',
      stack: 'promises',
      name: t(`leaders.${name}`),
      itemStyle: { color },
      data: departments.map((department) => department[name]).reverse(),
    });
    chart.setOption({
      animation: false,
      legend: { top: 0 },
      grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
      xAxis: { type: 'value', minInterval: 1 },
      yAxis: { type: 'category', data: departments.map(({ name }) => name).reverse(), axisLabel: { interval: 0 } },
      series: [bar('kept', '#237804'), bar('owed', '#0958d9'), bar('overdue', '#cf1322')],
    });
    const follow = new ResizeObserver(() => chart.resize({ height }));
    follow.observe(element);
    return () => {
      follow.disconnect();
      chart.dispose();
    };
  }, [departments, height, t]);
  // Whoever does not see it hears the same, in the language of the page.
  const words = departments.map(({ name, ...counts }) => t('leaders.department', { name, ...counts }));
  return <div ref={place} role="img" aria-label={[t('leaders.promises'), ...words].join(t('list.separator'))} />;
}
