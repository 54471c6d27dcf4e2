import { endpoint } from "@/lib/http/endpoint";
import { openApiDocument } from "@/lib/openapi/document";
import { settings } from "@/lib/settings";
import packageJson from "@/package.json" with { type: "json" };

export const dynamic = "force-dynamic";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: () => ({
    status: 200,
    headers: { "Content-Type": "application/json", "Cache-Control": "public, max-age=300" },
    body: JSON.stringify(openApiDocument(settings().publicUrl, packageJson.version)),
  }),
});
