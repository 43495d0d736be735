import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

/** Leaves out the second, older form of every letter file: who reads modules reads woff2. */
const oneFontForm: Plugin = {
  name: "one-font-form",
  enforce: "pre",
  transform: (code, id) => (/fontsource.*\.css/.test(id) ? code.replace(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, "") : undefined),
};

// The console: a page with scripts, styles and letters of its own, all embedded
// in the program. Nothing is loaded from elsewhere.
export default defineConfig({
  root: "src/console",
  base: "/console/",
  plugins: [oneFontForm, svelte()],
  build: {
    target: "es2022",
    outDir: "../../dist/console",
    emptyOutDir: true,
    reportCompressedSize: false,
    assetsInlineLimit: 0, // the content security policy allows nothing inline
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: "es" },
  server: { proxy: Object.fromEntries(["/api", "/tiles", "/ogc"].map((path) => [path, "http://127.0.0.1:8080"])) },
});
