"use client";
import { Braces, Download, Sheet } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { type AuditLook, auditExportPath } from "@/lib/browser/audit";

const formats = [
  { format: "csv", icon: Sheet, name: "CSV", what: "for a spreadsheet" },
  { format: "ndjson", icon: Braces, name: "NDJSON", what: "can be verified offline" },
] as const;

/** Takes what is looked at along as a file; the browser streams it. */
export function ExportMenu({
  tenantId,
  look,
  filtered,
}: {
  tenantId: string;
  look: AuditLook;
  filtered: boolean;
}) {
  return (
    <Menu trigger={<Button icon={<Download aria-hidden />}>Export</Button>} className="w-64">
      {formats.map(({ format, icon: Icon, name, what }) => (
        <MenuItem key={format} asChild>
          <a href={auditExportPath(tenantId, look, format)} download>
            <Icon aria-hidden />
            <span className="grid">
              <span>
                {name}
                {filtered ? ", what is in view" : ", the whole log"}
              </span>
              <span className="text-muted text-sm">
                {format === "ndjson" && filtered ? "a part: clear the filters to verify it" : what}
              </span>
            </span>
          </a>
        </MenuItem>
      ))}
    </Menu>
  );
}
