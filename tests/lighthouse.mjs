// Has Lighthouse judge pages, all in one browser: node lighthouse.mjs MODULES '[[address, preset, categories], …]' FLAGS…
// Says a line of JSON for each: the scores of its categories (0 to 100), and the audits that took something off.
const [modules, asked, ...chromeFlags] = process.argv.slice(2);
const { default: lighthouse, desktopConfig } = await import(`${modules}/lighthouse/core/index.js`);
const { launch } = await import(`${modules}/chrome-launcher/dist/index.js`);

const AT_ONCE = {
  throttlingMethod: "provided", pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 100, cpuQuietThresholdMs: 0,
};

const browser = await launch({ chromeFlags, logLevel: "silent" });
try {
  for (const [address, preset, onlyCategories] of JSON.parse(asked)) {
    // what is not to be timed need not wait for a page to come to rest
    const pace = onlyCategories.includes("performance") ? {} : AT_ONCE;
    const settings = { port: browser.port, onlyCategories, logLevel: "error", ...pace };
    const judged = async () => (await lighthouse(address, settings, preset === "desktop" ? desktopConfig : undefined)).lhr;
    let lhr = await judged();
    if (lhr.runtimeError) lhr = await judged(); // on a busy machine a browser may lose what it recorded
    const scores = {}, lost = [];
    for (const { id, score, auditRefs } of Object.values(lhr.categories)) {
      scores[id] = score === null ? null : Math.round(score * 100);
      for (const audit of auditRefs.filter(({ weight }) => weight).map((each) => lhr.audits[each.id])) {
        if (audit.score !== null && audit.score < 1) lost.push([id, audit.id, audit.details?.items?.slice(0, 3) ?? []]);
      }
    }
    console.log(JSON.stringify({ address, preset, scores, lost, error: lhr.runtimeError?.message ?? null }));
  }
} finally {
  await browser.kill();
}
