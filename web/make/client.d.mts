/** The text of the typed client of an openapi.yaml. */
export function client(text?: string): string;
