import { defineConfig } from "vitest/config";

// One script and one style: the Go program puts both into the page itself.
export default defineConfig({
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: false, // dist/.keep stays for go:embed
    cssCodeSplit: false,
    reportCompressedSize: false,
    lib: { entry: "src/report.ts", formats: ["iife"], name: "qalaReport", fileName: () => "report.js", cssFileName: "report" },
  },
  define: { "process.env.NODE_ENV": '"production"' },
  test: { include: ["test/*.test.ts"] },
});
