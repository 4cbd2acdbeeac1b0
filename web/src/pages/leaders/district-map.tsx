import { ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

use([ScatterChart, GridComponent, AriaComponent, CanvasRenderer]);

interface Place {
  readonly name: string;
  readonly longitude: number;
  readonly latitude: number;
  /** Promises not wholly kept. */
  readonly unkept: number;
  /** Of them, those with something overdue. */
  readonly overdue: number;
}

const HEIGHT_PX = 360;
const LEAST_PX = 14;
const MOST_PX = 72;
/** Room around the outermost places, as a share of what they span. */
const MARGIN = 0.15;

/**
 * The districts where their seats lie: as large as the number of promises that are not kept, red where something is
 * overdue. Without boundaries, which only a reviewed map may show.
 */
export default function DistrictMap({ districts }: { districts: readonly Place[] }): ReactNode {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null || districts.length === 0) return undefined;
    const chart = init(element, null, { renderer: 'canvas', height: HEIGHT_PX });
    const most = Math.max(1, ...districts.map(({ unkept }) => unkept));
    const axis = (values: readonly number[]): object => {
      const [least, greatest] = [Math.min(...values), Math.max(...values)];
      const room = Math.max(greatest - least, 0.1) * MARGIN;
      return { type: 'value', min: least - room, max: greatest + room, show: false };
    };
    chart.setOption({
      animation: false,
      aria: { enabled: true },
      grid: { left: 8, right: 8, top: 24, bottom: 24 },
      xAxis: axis(districts.map(({ longitude }) => longitude)),
      yAxis: axis(districts.map(({ latitude }) => latitude)),
      series: [
        {
          type: 'scatter',
          data: districts.map(({ name, longitude, latitude, unkept, overdue }) => ({
            name,
            value: [longitude, latitude],
            // Areas are compared, so the number is in the area.
            symbolSize: LEAST_PX + (MOST_PX - LEAST_PX) * Math.sqrt(unkept / most),
            itemStyle: { color: overdue > 0 ? '#cf1322' : '#0958d9', opacity: 0.75 },
            label: {
              show: true,
              position: 'bottom',
              color: '#262626',
              formatter: t('leaders.district', { name, unkept, overdue }),
            },
          })),
        },
      ],
    });
    const follow = new ResizeObserver(() => chart.resize({ height: HEIGHT_PX }));
    follow.observe(element);
    return () => {
      follow.disconnect();
      chart.dispose();
    };
  }, [districts, t]);
  return <div ref={place} role="img" aria-label={t('leaders.map')} />;
}
