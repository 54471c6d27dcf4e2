"use client";
import { Ban, Ellipsis, Pencil, RefreshCw } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";
import { Row, Section } from "./section";

export function Overlays() {
  const [open, setOpen] = useState<"dialog" | "confirm" | null>(null);
  const close = () => setOpen(null);
  return (
    <Section title="Overlays">
      <Row>
        <Button onClick={() => setOpen("dialog")}>Dialog</Button>
        <Button variant="danger-quiet" onClick={() => setOpen("confirm")}>
          Dangerous act
        </Button>
        <Menu
          trigger={
            <IconButton label="Acts" tooltip={false}>
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          <MenuLabel>Payroll export</MenuLabel>
          <MenuItem icon={<Pencil aria-hidden />}>Rename</MenuItem>
          <MenuItem icon={<RefreshCw aria-hidden />}>Replace</MenuItem>
          <MenuItem disabled>Activate</MenuItem>
          <MenuSeparator />
          <MenuItem danger icon={<Ban aria-hidden />}>
            Revoke
          </MenuItem>
        </Menu>
        <Tooltip content="24 Nov 2026, 14:03:09 UTC">
          <Button variant="ghost">Tooltip</Button>
        </Tooltip>
        <Button onClick={() => toast.success("Token renamed")}>Toast</Button>
        <Button
          onClick={() =>
            toast.error("The token could not be renamed", {
              description: "The server can't be reached. Nothing was changed.",
            })
          }
        >
          Toast, error
        </Button>
      </Row>
      <Dialog
        open={open === "dialog"}
        onOpenChange={(next) => !next && close()}
        title="Rename a token"
        description="The token itself stays as it is."
      >
        <DialogBody>
          <Field label="Label">
            {(control) => <Input {...control} defaultValue="Payroll export" />}
          </Field>
        </DialogBody>
        <DialogFooter>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" onClick={close}>
            Save
          </Button>
        </DialogFooter>
      </Dialog>
      <ConfirmDialog
        open={open === "confirm"}
        onOpenChange={(next) => !next && close()}
        title="Revoke this token?"
        description="It is refused from now on, for good."
        typeToConfirm="Payroll export"
        action="Revoke token"
        onConfirm={close}
      >
        <Notice tone="caution" title="Used 3 min ago">
          1,204 calls in the last 24 h, from 2 addresses. They will be refused.
        </Notice>
      </ConfirmDialog>
    </Section>
  );
}
