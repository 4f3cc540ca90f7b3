/** The chart library, as much of it as is used; the only module that runs it, and only in a worker. */
import { BarChart, PieChart } from "echarts/charts";
import { GridComponent, MarkLineComponent } from "echarts/components";
import { init, setPlatformAPI, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { estimated } from "./measuring.ts";
import { type ChartOption, SIZE } from "./options.ts";

use([BarChart, PieChart, GridComponent, MarkLineComponent, SVGRenderer]);
setPlatformAPI({
  measureText: (text, font) => ({
    width: estimated(text, Number(/([\d.]+)px/.exec(font ?? "")?.[1] ?? SIZE)),
  }),
});

/** The chart as SVG text, `width` by `height` CSS pixels. */
export function svgOf(option: ChartOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption(option);
  const text = chart.renderToSVGString();
  chart.dispose();
  return text;
}
