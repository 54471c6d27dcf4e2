/** The header in which `proxy.ts` tells pages their own path and query; a client's is overwritten. */
export const pagePathHeader = "x-servicebroker-page";
