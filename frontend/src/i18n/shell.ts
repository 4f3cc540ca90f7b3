/** Words of the frame around every view: what stands above, below and beside it. */
import type { Shape } from "./shape.ts";

export const zh = {
  name: "求助",
  slow: "暂时连不上服务器，以下是上一次的结果。",
  slowEmpty: "暂时连不上服务器。",
  busy: "服务器繁忙，以下是上一次的结果。",
  retry: "重试",
  loading: "正在载入…",
  ignored: (names: string) => `地址中有无法识别的部分，已忽略：${names}。`,
  unknownParameter: "未知参数",
  cutKeyword: "关键词太长，只保留了开头部分。",
  list: "列表",
  map: "地图",
  graphs: "图表",
  panes: "切换视图",
  backToList: "返回列表",
  close: "关闭",
  demo: "演示数据：以下案例均为虚构，并非真实事件。",
};

export const en: Shape<typeof zh> = {
  name: "Qiuzhu",
  slow: "The server cannot be reached just now; this is the last answer.",
  slowEmpty: "The server cannot be reached just now.",
  busy: "The server is busy; this is the last answer.",
  retry: "Try again",
  loading: "Loading…",
  ignored: (names: string) => `Part of the address could not be read and was left out: ${names}.`,
  unknownParameter: "unknown parameter",
  cutKeyword: "The keyword was too long; only its beginning was kept.",
  list: "List",
  map: "Map",
  graphs: "Graphs",
  panes: "Switch view",
  backToList: "Back to the list",
  close: "Close",
  demo: "Demonstration data: these cases are invented, none of them happened.",
};
