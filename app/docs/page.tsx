import type { Metadata } from "next";
import type { OpenApiDocument } from "@/components/docs/openapi-types";
import { Reader } from "@/components/docs/reader";
import { openApiDocument } from "@/lib/openapi/document";
import { settings } from "@/lib/settings";
import packageJson from "@/package.json" with { type: "json" };

export const metadata: Metadata = { title: "API" };

/** `/docs`: the reader of `/openapi.json`, from the same document. */
export default function DocsPage() {
  const document = openApiDocument(settings().publicUrl, packageJson.version);
  return <Reader document={document as unknown as OpenApiDocument} />;
}
