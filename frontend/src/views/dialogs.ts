/** The dialogs of the main page, each empty until it is opened. */
import { html, type TemplateResult } from "lit-html";
import type { Actions } from "../state/actions.ts";
import type { Dialog } from "../state/store.ts";
import { advancedBody } from "./dialogs/advanced.ts";
import { codeBody } from "./dialogs/code.ts";
import { exportBody } from "./dialogs/export.ts";
import { frame } from "./dialogs/frame.ts";
import { subscribeBody } from "./dialogs/subscribe.ts";
import type { Scene } from "./scene.ts";

/** Pages on which Advanced Search is open: it stays while its own changes put dialogs away. */
const advancedOpen = new WeakSet<Actions>();

export function dialogs(scene: Scene): TemplateResult {
  const { state, act, words } = scene;
  if (state.dialog === "advanced") advancedOpen.add(act);
  else if (state.dialog !== null || state.page.view === "case") advancedOpen.delete(act);
  const plain = (dialog: Dialog, title: string, body: (scene: Scene) => TemplateResult) =>
    frame(scene, {
      dialog,
      title,
      open: state.dialog === dialog,
      closed: () => {
        if (state.dialog === dialog) act.openDialog(null);
      },
      body: () => body(scene),
    });
  const advanced = frame(scene, {
    dialog: "advanced",
    title: words.list.advanced,
    open: advancedOpen.has(act),
    closed: () => {
      advancedOpen.delete(act);
      // A browser tells late that a dialog was closed: by then another may be open.
      if (state.dialog === "advanced" || state.dialog === null) act.openDialog(null);
    },
    body: () => advancedBody(scene),
  });
  return html`${advanced} ${plain("export", words.dialogs.exportTitle, exportBody)}
  ${plain("subscribe", words.dialogs.subscribeTitle, subscribeBody)}
  ${plain("code", words.dialogs.codeTitle, codeBody)}`;
}
