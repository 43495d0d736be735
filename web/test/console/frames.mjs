// What moving vehicles cost in a browser: what is given to the graphics card, how often
// it draws, and the processor's time of all of the browser's processes.

/** Counts in a page, from its beginning, what goes to each of its canvases. */
export function counting() {
  const told = { overlay: { bytes: 0, draws: 0, instances: 0 }, map: { bytes: 0, draws: 0, instances: 0 } };
  globalThis.qalaFrames = told;
  const of = (gl) => (gl.canvas.classList?.contains("maplibregl-canvas") ? told.map : told.overlay);
  const size = (data) => (typeof data === "number" ? 0 : (data?.byteLength ?? data?.data?.byteLength ?? 0)); // a number makes room and brings nothing
  const gl = WebGL2RenderingContext.prototype;
  const wrap = (name, count) => {
    const own = gl[name];
    gl[name] = function (...args) {
      count(of(this), args);
      return own.apply(this, args);
    };
  };
  wrap("bufferData", (to, args) => (to.bytes += size(args[1])));
  wrap("bufferSubData", (to, args) => (to.bytes += size(args[2])));
  for (const name of ["texImage2D", "texSubImage2D"]) wrap(name, (to, args) => (to.bytes += size(args.at(-1))));
  for (const name of ["drawArrays", "drawElements"]) wrap(name, (to) => (to.draws += 1));
  wrap("drawArraysInstanced", (to, args) => ((to.draws += 1), (to.instances = args[3])));
  wrap("drawElementsInstanced", (to, args) => ((to.draws += 1), (to.instances = args[4])));
}

/** Milliseconds of the processor's time that the browser's processes have had, by what they are. */
async function processor(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const out = {};
  for (const { type, cpuTime } of processInfo) out[type] = (out[type] ?? 0) + 1000 * cpuTime;
  return out;
}

/** What a stretch of time costs a page, per frame of its vehicles. */
export async function measure(page, milliseconds) {
  const browser = page.context().browser();
  const read = () => page.evaluate(() => structuredClone(globalThis.qalaFrames));
  const [before, cpuBefore, from] = [await read(), await processor(browser), Date.now()];
  await page.waitForTimeout(milliseconds);
  const [after, cpuAfter, to] = [await read(), await processor(browser), Date.now()];
  const frames = after.overlay.draws - before.overlay.draws;
  const cpu = Object.fromEntries(Object.keys(cpuAfter).map((type) => [type, Math.round(cpuAfter[type] - (cpuBefore[type] ?? 0))]));
  const all = Object.values(cpu).reduce((a, b) => a + b, 0);
  return {
    seconds: (to - from) / 1000, frames, vehicles: after.overlay.instances,
    bytes: Math.round((after.overlay.bytes - before.overlay.bytes) / Math.max(1, frames)),
    mapBytes: Math.round((after.map.bytes - before.map.bytes) / Math.max(1, frames)), mapDraws: after.map.draws - before.map.draws,
    cpu: Math.round((10 * all) / Math.max(1, frames)) / 10, cpuBy: cpu, load: all / (to - from),
  };
}
