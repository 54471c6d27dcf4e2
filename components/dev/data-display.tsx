"use client";
import { useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Badge, type Tone } from "@/components/ui/badge";
import { type Bar, BarChart, ChartSkeleton } from "@/components/ui/bar-chart";
import { Card, KeyValues, Stat, Stats } from "@/components/ui/card";
import { LabelText } from "@/components/ui/label-text";
import { Breadcrumb } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import {
  type SortDirection,
  SortTh,
  Table,
  TableBody,
  TableHead,
  TableRow,
  Td,
  Th,
} from "@/components/ui/table";
import { Tabs } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { Row, Section } from "./section";

const HOUR = 3_600_000;
const oneCall = (bar: Bar, index: number) => ({
  ...bar,
  accepted: 0,
  refused: index === 20 ? 1 : 0,
});
const tones: Tone[] = ["neutral", "accent", "positive", "caution", "danger", "outline"];
const labels = [
  "ServiceScheduling",
  "<img src=x onerror=alert(1)> & friends",
  "pay\u202Elive\u200Broll",
  "حساب الرواتب — Payroll (الرياض)",
  "A label of a hundred characters, which nobody should need but someone will surely type at once ok",
];

export function DataDisplay({ now }: { now: number }) {
  const [sort, setSort] = useState<SortDirection>("desc");
  const [tab, setTab] = useState<"usage" | "audit">("usage");
  const ago = (hours: number) => new Date(now - hours * HOUR).toISOString();
  const bars = Array.from({ length: 24 }, (_, index) => {
    const at = new Date(now - (23 - index) * HOUR);
    const hour = `${String(at.getUTCHours()).padStart(2, "0")}:00`;
    return {
      key: at.toISOString(),
      label: hour,
      title: `${hour} UTC`,
      accepted: Math.round(900 + 700 * Math.sin(index / 3.4)),
      refused: index % 5 === 3 ? 140 : index % 7,
    };
  });
  return (
    <>
      <Section title="Figures">
        <Stats label="Tokens by status">
          <Stat label="Active" value="12" note="2 in overlap" />
          <Stat label="Inactive" value="3" />
          <Stat label="Revoked" value="41" />
          <Stat label="Calls, 24 h" value="22,779" note="3.3% refused" />
        </Stats>
        <Card title="Calls" description="Last 24 hours">
          <BarChart label="Calls in the last 24 hours" unit="Hour" bars={bars} />
        </Card>
        <Card title="One call">
          <BarChart label="One call" unit="Hour" bars={bars.map(oneCall)} />
        </Card>
        <Card title="No calls">
          <BarChart label="Calls to come" unit="Hour" bars={[]} empty="No calls yet." />
        </Card>
        <Card title="Loading">
          <ChartSkeleton />
        </Card>
        <Card title="Tenant">
          <KeyValues
            items={[
              { label: "Status", value: <Badge tone="positive">Active</Badge> },
              { label: "EntityId", value: <code>0198c1d2-7b1e-7cc1-a0d1-5f2f6f5c9a10</code> },
              { label: "Created", value: <Time at={ago(900)} as="full" /> },
            ]}
          />
        </Card>
      </Section>
      <Section title="Small things">
        <Row label="Badges">
          {tones.map((tone) => (
            <Badge key={tone} tone={tone} dot>
              {tone}
            </Badge>
          ))}
        </Row>
        <Row label="Badges without a dot">
          {tones.map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
        </Row>
        <Row label="Times">
          {[0, 0.1, 5, 30, 400, 2_000].map((hours) => (
            <Time key={hours} at={ago(hours)} />
          ))}
          <Time at={ago(-7)} />
        </Row>
        <Row label="Avatars">
          <Avatar name="Ada Lovelace" />
          <Avatar name="Acme Field Services" shape="square" />
        </Row>
        <Breadcrumb
          parts={[
            { label: "Acme Field Services", href: "/dev/ui" },
            { label: "Tokens", href: "/dev/ui" },
            { label: "Payroll export" },
          ]}
        />
        <Tabs
          label="Views"
          value={tab}
          onValueChange={setTab}
          tabs={[
            { value: "usage", label: "Usage", content: "Usage of this token." },
            { value: "audit", label: "Audit trail", content: "Its audit trail." },
          ]}
        />
      </Section>
      <Section title="Table">
        <div>
          <Table label="Tokens" className="table-fixed">
            <TableHead>
              <tr>
                <SortTh
                  direction={sort}
                  onSort={() => setSort(sort === "asc" ? "desc" : "asc")}
                  className="w-1/2"
                >
                  Label
                </SortTh>
                <Th>Status</Th>
                <Th className="hidden sm:table-cell">Hint</Th>
                <Th className="text-right">Last used</Th>
              </tr>
            </TableHead>
            <TableBody>
              {labels.map((label, index) => (
                <TableRow key={label}>
                  <Td>
                    <LabelText className="font-medium">{label}</LabelText>
                  </Td>
                  <Td>
                    <Badge dot tone={index === 1 ? "caution" : "positive"}>
                      {index === 1 ? "Inactive" : "Active"}
                    </Badge>
                  </Td>
                  <Td className="hidden sm:table-cell">
                    <code className="text-muted text-sm">sbat_…{"q0Zt".slice(index % 2)}</code>
                  </Td>
                  <Td className="text-right text-muted">
                    <Time at={ago(index * 9)} />
                  </Td>
                </TableRow>
              ))}
            </TableBody>
          </Table>
          <Pagination noun="tokens" from={1} to={5} total={1204} onNext={() => {}} />
        </div>
      </Section>
    </>
  );
}
