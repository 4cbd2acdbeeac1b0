import { ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

use([ScatterChart, GridComponent, CanvasRenderer]);

interface Place {
  readonly name: string;
  readonly longitude: number;
  readonly latitude: number;
  /** Promises not wholly kept. */
  readonly unkept: number;
  /** Of them, those with something overdue. */
  readonly overdue: number;
}

const HEIGHT_PX = 420;
const EDGE_PX = 8;
const LEAST_PX = 14;
const MOST_PX = 72;
/** Room around the outermost places, as a share of what they span. */
const MARGIN = 0.15;
/** What one place by itself spans, degrees. */
const LEAST_SPAN = 0.1;

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
    chart.setOption({
      animation: false,
      grid: { left: EDGE_PX, right: EDGE_PX, top: EDGE_PX, bottom: EDGE_PX },
      ...axesOf(districts, element.clientWidth),
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
    const follow = new ResizeObserver(() => {
      chart.resize({ height: HEIGHT_PX });
      chart.setOption(axesOf(districts, element.clientWidth));
    });
    follow.observe(element);
    return () => {
      follow.disconnect();
      chart.dispose();
    };
  }, [districts, t]);
  // Whoever does not see it hears the same, in the language of the page.
  const words = districts.map(({ name, unkept, overdue }) => t('leaders.district', { name, unkept, overdue }));
  return <div ref={place} role="img" aria-label={[t('leaders.map'), ...words].join(t('list.separator'))} />;
}

/** Axes on which a kilometre is as long from west to east as from south to north, the places in the middle. */
function axesOf(districts: readonly Place[], widthPx: number): { xAxis: object; yAxis: object } {
  const span = (values: readonly number[]): [middle: number, degrees: number] => {
    const [least, greatest] = [Math.min(...values), Math.max(...values)];
    return [(least + greatest) / 2, Math.max(greatest - least, LEAST_SPAN) * (1 + 2 * MARGIN)];
  };
  const [longitude, eastward] = span(districts.map((district) => district.longitude));
  const [latitude, northward] = span(districts.map((district) => district.latitude));
  const shrunk = Math.cos((latitude * Math.PI) / 180);
  const [across, up] = [Math.max(1, widthPx - 2 * EDGE_PX), HEIGHT_PX - 2 * EDGE_PX];
  const degreesOfPx = Math.max(northward / up, (eastward * shrunk) / across);
  const axis = (middle: number, half: number): object => ({
    type: 'value',
    min: middle - half,
    max: middle + half,
    show: false,
  });
  return {
    xAxis: axis(longitude, (degreesOfPx * across) / shrunk / 2),
    yAxis: axis(latitude, (degreesOfPx * up) / 2),
  };
}
