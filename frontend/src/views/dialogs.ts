/** The dialogs of the main page, each empty until it is opened. */
import { html, type TemplateResult } from "lit-html";
import { dialog } from "../parts/dialog.ts";
import type { Actions } from "../state/actions.ts";
import type { Dialog } from "../state/store.ts";
import { advancedBody } from "./dialogs/advanced.ts";
import { codeBody } from "./dialogs/code.ts";
import { exportBody } from "./dialogs/export.ts";
import { subscribeBody } from "./dialogs/subscribe.ts";
import type { Scene } from "./scene.ts";

/** Pages on which Advanced Search is open: it stays while its own changes put dialogs away. */
const advancedOpen = new WeakSet<Actions>();

export function dialogs(scene: Scene): TemplateResult {
  const { state, act, words } = scene;
  if (state.dialog === "advanced") advancedOpen.add(act);
  else if (state.dialog !== null || state.page.view === "case") advancedOpen.delete(act);
  const plain = (name: Dialog, title: string, body: (scene: Scene) => TemplateResult) =>
    dialog({
      name,
      title,
      close: words.shell.close,
      open: state.dialog === name,
      closed: () => {
        if (state.dialog === name) act.openDialog(null);
      },
      body: () => body(scene),
    });
  const advanced = dialog({
    name: "advanced",
    title: words.list.advanced,
    close: words.shell.close,
    open: advancedOpen.has(act),
    closed: () => {
      advancedOpen.delete(act);
      // Another may be open above it.
      if (state.dialog === "advanced" || state.dialog === null) act.openDialog(null);
    },
    body: () => advancedBody(scene),
  });
  return html`${advanced} ${plain("export", words.dialogs.exportTitle, exportBody)}
  ${plain("subscribe", words.dialogs.subscribeTitle, subscribeBody)}
  ${plain("code", words.dialogs.codeTitle, codeBody)}`;
}
