/** What the panel around the map says, from the state and from what the map tells of itself. */

import type { Option } from "../api/types.ts";
import { pathLabel } from "../i18n/format.ts";
import type { Shown } from "../map/contract.ts";
import { changed } from "../state/filters.ts";
import type { Chosen } from "../state/store.ts";
import { address } from "../state/url.ts";
import { caseRow } from "../views/list.ts";
import type { PanelChosen } from "../views/map/chosen.ts";
import { type MapPanel, notPlaced, type PanelActions } from "../views/map.ts";
import type { Scene } from "../views/scene.ts";

export interface Held {
  readonly status: MapPanel["status"];
  readonly shown: Shown | null;
  readonly incomplete: boolean;
}

export function panelOf(scene: Scene, held: Held, act: PanelActions): MapPanel {
  const { state, lang } = scene;
  const { page, list, options } = state;
  const total = list.status === "ready" && list.data ? list.data.answer.total : null;
  const settled = options.status === "ready";
  const unplacedOption = settled ? countOf(scene, "placed", "false") : null;
  return {
    ...held,
    lang,
    act,
    total,
    unplaced: notPlaced(page.filters.placed, unplacedOption, total),
    unplacedAddress: address({
      ...page,
      show: "list",
      filters: changed(page.filters, { placed: "false" }),
    }),
    framed: page.filters.bbox !== undefined,
    choropleth: state.choropleth,
    chosen: state.chosen && chosenOf(scene, state.chosen),
    regions: provinces(scene),
  };
}

function optionsOf(scene: Scene, name: string): readonly Option[] {
  const filter = scene.state.options.data?.filters.find((each) => each.name === name);
  return filter?.options ?? [];
}

function countOf(scene: Scene, name: string, code: string): number | null {
  return optionsOf(scene, name).find((option) => option.code === code)?.count ?? null;
}

function only(scene: Scene, code: string): string {
  const { page } = scene.state;
  // What is on the map stays in front: the reader sees what the filter did.
  return address({ ...page, filters: changed(page.filters, { region: code, placed: null }) });
}

function provinces(scene: Scene): MapPanel["regions"] {
  return optionsOf(scene, "region")
    .filter((place) => place.parent === null)
    .map(({ code, count, ...names }) => ({
      code,
      name: names[scene.lang],
      count: count ?? 0,
      address: only(scene, code),
    }));
}

function chosenOf(scene: Scene, chosen: Chosen): PanelChosen {
  const { code, count, kind, cases, level } = chosen;
  const items = cases.data?.items;
  const named = optionsOf(scene, "region").find((place) => place.code === code);
  const region = items?.find((item) => item.region?.code === code)?.region;
  const name = region ? pathLabel(region, scene.lang) : (named?.[scene.lang] ?? code);
  return {
    name,
    count,
    kind,
    only: scene.state.page.filters.region === code ? null : only(scene, code),
    nearer: level !== "county",
    cases:
      cases.status === "idle"
        ? null
        : cases.status === "ready" && items
          ? items.map((item) => caseRow(scene, item))
          : cases.status === "failed"
            ? "failed"
            : "loading",
  };
}
