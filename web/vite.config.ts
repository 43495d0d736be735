import { defineConfig } from "vitest/config";

const notice = "/*! This script holds parts of Apache ECharts (Apache-2.0, Copyright 2017-2026 The Apache Software Foundation) and ZRender (BSD-3-Clause, Copyright 2017 Baidu Inc.). */";

// One script and one style: the Go program puts both into the page itself.
export default defineConfig({
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: false, // dist/.keep stays for go:embed
    cssCodeSplit: false,
    reportCompressedSize: false,
    rolldownOptions: { output: { postBanner: notice } },
    lib: { entry: "src/report.ts", formats: ["iife"], name: "qalaReport", fileName: () => "report.js", cssFileName: "report" },
  },
  define: { "process.env.NODE_ENV": '"production"' },
  test: { include: ["test/*.test.ts"] },
});
