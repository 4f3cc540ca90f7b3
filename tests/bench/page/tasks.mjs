/** What kept the page's main thread busy while something was done, from Chromium's own trace. */

const CATEGORIES = ["toplevel", "devtools.timeline"];
/** Milliseconds from which a task counts as long. */
const LONG = 50;
const MAP = /\/assets\/map[^/]*\.js/;

/** Does `work`, and answers the tasks meanwhile that were long. */
export async function traced(page, work) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: CATEGORIES });
  await work();
  const trace = await browser.stopTracing();
  return longTasks(JSON.parse(trace.toString()).traceEvents);
}

/**
 * Milliseconds of each: how long it took (`wall`), how long it ran on a processor (`cpu`; the rest
 * it waited for one, or for graphics), and both without what the map's script did in it.
 */
function longTasks(events) {
  const thread = mainThread(events);
  const own = events.filter((event) => event.ph === "X" && `${event.pid}/${event.tid}` === thread);
  const drawing = outermost(
    own.filter((event) => event.name === "FunctionCall" && MAP.test(url(event))),
  );
  return own
    .filter((event) => event.name === "ThreadControllerImpl::RunTask" && event.dur >= LONG * 1000)
    .map((task) => {
      const inside = drawing.filter((call) => within(call, task));
      const [wall, cpu] = ["dur", "tdur"].map((time) => task[time] / 1000);
      const [mapWall, mapCpu] = ["dur", "tdur"].map(
        (time) => inside.reduce((sum, call) => sum + call[time], 0) / 1000,
      );
      return { wall, cpu, ownWall: wall - mapWall, ownCpu: cpu - mapCpu };
    });
}

/** The thread that ran most of the page's calls. */
function mainThread(events) {
  const names = events.filter((event) => event.name === "thread_name");
  const mains = names.filter((event) => event.args.name === "CrRendererMain");
  const calls = ({ pid, tid }) =>
    events.filter(
      (event) => event.pid === pid && event.tid === tid && url(event).includes("/assets/"),
    );
  const [first] = mains
    .map((thread) => ({ name: `${thread.pid}/${thread.tid}`, calls: calls(thread).length }))
    .sort((one, other) => other.calls - one.calls);
  if (!first) throw new Error("the trace names no page");
  return first.name;
}

function outermost(calls) {
  const sorted = calls.toSorted((one, other) => one.ts - other.ts);
  const kept = [];
  for (const call of sorted) if (!kept.length || !within(call, kept.at(-1))) kept.push(call);
  return kept;
}

function within(inner, outer) {
  return inner.ts >= outer.ts && inner.ts < outer.ts + outer.dur;
}

function url(event) {
  return event.args?.data?.url ?? "";
}
