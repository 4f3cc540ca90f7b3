/** Lighthouse with its mobile setting: scores, timings and what each lost points for. */
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { FLAGS } from "./chromium.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const TIMES = {
  lcp: "largest-contentful-paint",
  tbt: "total-blocking-time",
  cls: "cumulative-layout-shift",
  fcp: "first-contentful-paint",
};

/** What each page scores: the performance of `runs` cold starts, all else of the first. */
export async function scores({ program, pages, runs }) {
  const found = {};
  for (const [name, url] of Object.entries(pages)) {
    const reports = [];
    for (let run = 0; run < runs; run += 1) {
      reports.push(await report(program, url, run === 0 ? CATEGORIES : ["performance"]));
    }
    found[name] = { url, ...summary(reports) };
  }
  return found;
}

/** Lighthouse's report on one cold start, in a browser of its own. */
export async function report(program, url, categories) {
  const browser = await launch({
    chromePath: program,
    chromeFlags: [...FLAGS, "--headless=new"],
    logLevel: "silent",
  });
  try {
    const settings = { port: browser.port, logLevel: "silent", onlyCategories: categories };
    const { lhr } = await lighthouse(url, settings);
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    return lhr;
  } finally {
    browser.kill();
  }
}

function summary(reports) {
  const [first] = reports;
  const audits = (id) => reports.map((lhr) => lhr.audits[id].numericValue);
  const points = (category) => Math.round(category.score * 100);
  return {
    performance: reports.map((lhr) => points(lhr.categories.performance)),
    ...Object.fromEntries(Object.entries(TIMES).map(([short, id]) => [short, audits(id)])),
    accessibility: points(first.categories.accessibility),
    "best-practices": points(first.categories["best-practices"]),
    seo: points(first.categories.seo),
    // How fast Lighthouse found the machine to be; below 1000 its mobile setting is harsher.
    benchmark: reports.map((lhr) => lhr.environment.benchmarkIndex),
    lost: CATEGORIES.flatMap((category) => lost(first, category)),
    shifts: where(first.audits["layout-shifts"]),
    tasks: where(first.audits["long-tasks"]),
  };
}

/** The audits of a category that count and were not passed. */
function lost(lhr, category) {
  return lhr.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 0.9)
    .map(({ id }) => ({
      audit: id,
      category,
      score: lhr.audits[id].score,
      at: where(lhr.audits[id]),
    }));
}

/** The first things that an audit names, each in one line. */
function where(audit) {
  return (audit?.details?.items ?? []).slice(0, 5).map((item) => {
    const name = item.node?.selector ?? item.url ?? item.source?.url ?? item.description ?? "";
    const value = item.score ?? item.duration;
    return value === undefined ? String(name) : `${name} ${value.toFixed(4)}`;
  });
}
