// Makes the console's typed client from ../openapi.yaml: a type for every schema,
// and for every operation what it takes and answers.
//
//   node make/client.mjs            writes src/console/api/client.ts

import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";

const from = new URL("../../openapi.yaml", import.meta.url);
const to = new URL("../src/console/api/client.ts", import.meta.url);

/** The TypeScript of a schema. */
function typeOf(schema) {
  if (!schema || schema === true) return "unknown";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((v) => JSON.stringify(v)).join(" | ");
  const several = schema.oneOf ?? schema.anyOf;
  if (several) return several.map(typeOf).join(" | ");
  const kinds = [schema.type ?? []].flat();
  if (kinds.length === 0) return "unknown";
  return kinds.map((kind) => plain(kind, schema)).join(" | ");
}

function plain(kind, schema) {
  switch (kind) {
    case "integer":
    case "number":
      return "number";
    case "string":
    case "boolean":
    case "null":
      return kind;
    case "array":
      return `Array<${typeOf(schema.items)}>`;
    case "object":
      if (schema.properties) return fields(schema);
      return typeof schema.additionalProperties === "object" ? `Record<string, ${typeOf(schema.additionalProperties)}>` : "Record<string, unknown>";
    default:
      throw new Error(`openapi.yaml: a schema of type ${kind} is new to make/client.mjs`);
  }
}

function fields(schema) {
  const needed = new Set(schema.required ?? []);
  const lines = Object.entries(schema.properties)
    .filter(([name]) => name !== "$schema")
    .map(([name, of]) => `  ${key(name)}${needed.has(name) ? "" : "?"}: ${typeOf(of)};`);
  return `{\n${lines.join("\n")}\n}`;
}

function key(name) {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

/** The first content of a body, as [media type, TypeScript]. */
function contentOf(content) {
  const [media, of] = Object.entries(content ?? {})[0] ?? [];
  if (!media) return ["", "undefined"];
  if (media === "application/json") return [media, of.schema?.type === "string" ? "unknown" : typeOf(of.schema)];
  return [media, "string"];
}

function operation(path, method, of) {
  const told = (of.parameters ?? []).filter((p) => p.in !== "header");
  const takes = told.map((p) => `${key(p.name)}${p.in === "path" || p.required ? "" : "?"}: ${typeOf(p.schema)}`);
  const [sent, body] = contentOf(of.requestBody?.content);
  const good = Object.entries(of.responses).find(([status]) => status.startsWith("2"));
  const [, answer] = contentOf(good?.[1].content);
  return {
    type: `  ${of.operationId}: { takes: ${takes.length ? `{ ${takes.join("; ")} }` : "Record<never, never>"}; body: ${sent === "application/octet-stream" ? "Blob | string" : body}; answers: ${answer} };`,
    way: `  ${of.operationId}: [${JSON.stringify(method.toUpperCase())}, ${JSON.stringify(path)}, ${JSON.stringify(sent)}],`,
  };
}

export function client(text = readFileSync(from, "utf8")) {
  const api = parse(text);
  const methods = ["get", "put", "post", "delete", "patch"];
  const all = Object.entries(api.paths).flatMap(([path, of]) => methods.filter((m) => of[m]).map((m) => operation(path, m, of[m])));
  return [
    "// Made from openapi.yaml by make/client.mjs; `npm run client` makes it anew.",
    ...Object.entries(api.components.schemas).map(([name, schema]) => `export type ${name} = ${typeOf(schema)};`),
    "/** What each operation takes in its path and query, its body, and what it answers. */",
    `export type Operations = {\n${all.map((o) => o.type).join("\n")}\n};`,
    "/** Method, path and media type of the body of each operation. */",
    `export const ways: Record<keyof Operations, readonly [string, string, string]> = {\n${all.map((o) => o.way).join("\n")}\n};`,
    "",
  ].join("\n\n");
}

if (process.argv[1] && import.meta.url === new URL(`file://${process.argv[1]}`).href) writeFileSync(to, client());
