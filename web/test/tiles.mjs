// Draws tiles of a running server with MapLibre in Chromium and asks what is to
// be seen. Nothing may come from another host, nothing may fail.
//
//   node test/tiles.mjs <url of the page> <looks as JSON>     QALA_SHOTS=<folder> keeps pictures
//
// A look is {name, style, lon, lat, zoom, layers}: each of the layers must show a feature.

import assert from "node:assert/strict";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [page, looks] = [new URL(process.argv[2]), JSON.parse(process.argv[3])];
const shots = process.env.QALA_SHOTS;
const browser = await chromium.launch({
  executablePath: process.env.QALA_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-dev-shm-usage", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
});
try {
  for (const look of looks) await see(look);
} finally {
  await browser.close();
}

async function see({ name, style, lon, lat, zoom, layers }) {
  const tab = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  const said = [];
  const abroad = [];
  const tiles = [];
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && !driver(message.text()) && said.push(message.text()));
  tab.on("pageerror", (error) => said.push(String(error)));
  tab.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.host !== page.host) abroad.push(url.href);
  });
  tab.on("response", (response) => {
    if (response.url().endsWith(".mvt")) tiles.push(response.status());
    else if (response.status() >= 400) said.push(`${response.status()} ${response.url()}`);
  });
  await tab.goto(`${page.href}?${new URLSearchParams({ style, lon, lat, zoom })}`);
  await tab.waitForFunction(() => window.map?.loaded() && window.map.areTilesLoaded(), null, { timeout: 120_000 });
  const shown = await tab.evaluate((names) => names.map((layer) => [layer, map.queryRenderedFeatures({ layers: [layer] }).length]), layers);
  const failed = await tab.evaluate(() => window.failed);
  if (shots) await tab.screenshot({ path: join(shots, `${name}.png`) });
  await tab.close();
  console.log(name, JSON.stringify(Object.fromEntries(shown)), `${tiles.length} tiles`);
  assert.deepEqual(failed, [], `${name}: the map`);
  assert.deepEqual(said, [], `${name}: console`);
  assert.deepEqual(abroad, [], `${name}: asked of other hosts`);
  assert.ok(tiles.length > 0 && tiles.every((status) => status === 200 || status === 204), `${name}: tiles ${tiles}`);
  for (const [layer, features] of shown) assert.ok(features > 0, `${name}: nothing of ${layer} is drawn`);
}

/** What the driver of a machine without a graphics card says about itself. */
function driver(text) {
  return /GPU stall due to ReadPixels|GL Driver Message/.test(text);
}
