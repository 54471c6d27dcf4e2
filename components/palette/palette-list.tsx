"use client";
import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Building2, KeyRound, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import type { Place } from "@/components/shell/navigation";
import { Spinner } from "@/components/ui/spinner";
import { beginsWords, destinationsQuery } from "@/lib/browser/jump";
import { tokenPath } from "@/lib/browser/tokens";
import { actEntries, type Entry, pageEntries } from "./entries";
import { PaletteGroup, PaletteItem, statusOf } from "./palette-item";

const pause = 150;

/** Everything that a text may lead to: typed into, walked with the arrows, chosen with Enter. */
export function PaletteList({ place, onClose }: { place: Place; onClose: () => void }) {
  const router = useRouter();
  const [text, setText] = useState("");
  const asked = useSettled(text.trim(), pause);
  const found = useQuery(destinationsQuery(asked, place.tenantId));
  const looking = found.isFetching || asked !== text.trim();
  // While the server looks, what it found before stays only as far as it goes by the new text.
  const stillFits = (...parts: (string | null)[]) =>
    !looking || parts.some((part) => part?.toLowerCase().includes(text.trim().toLowerCase()));
  const tokens = (found.data?.tokens ?? []).filter(({ id, name, hint }) =>
    stillFits(id, name, hint),
  );
  const tenants = (found.data?.tenants ?? []).filter(
    ({ id, name }) => id !== place.tenantId && stillFits(id, name),
  );
  const matching = ({ label, words = "", hint = "" }: Entry) =>
    beginsWords(text, `${label} ${words} ${hint}`);
  const pages = pageEntries(place).filter(matching);
  const acts = actEntries(place).filter(matching);
  const count = pages.length + acts.length + tokens.length + tenants.length;
  const [leaving, startLeaving] = useTransition();
  const gone = useRef(false);
  useEffect(() => {
    if (gone.current && !leaving) onClose();
  }, [leaving, onClose]);
  const go = (href: string) => {
    const act = new URL(href, location.href).searchParams.get("act");
    if (!act || !href.startsWith(`${location.pathname}?`)) {
      // Open until the page is there, so that it is seen to be on its way.
      gone.current = true;
      return startLeaving(() => router.push(href));
    }
    // The page is here already: its dialog opens over what is being looked at.
    onClose();
    const here = new URLSearchParams(location.search);
    here.set("act", act);
    history.replaceState(null, "", `?${here}`);
  };
  const choose = (entry: Entry) => {
    if ("href" in entry) return go(entry.href);
    onClose();
    entry.run();
  };
  const entry = (one: Entry) => (
    <PaletteItem
      key={one.label + one.hint}
      id={`${one.label} ${one.hint ?? ""}`}
      icon={one.icon}
      label={one.label}
      hint={one.hint}
      onSelect={() => choose(one)}
    />
  );
  return (
    <Command label="Go to" loop shouldFilter={false} vimBindings={false}>
      <div className="flex items-center gap-2.5 border-line border-b px-3.5">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Token, Tenant, page or action"
          maxLength={8192}
          className="h-12 min-w-0 flex-1 bg-transparent text-md outline-none placeholder:text-faint"
        />
        {(looking || leaving) && <Spinner />}
      </div>
      <Command.List className="max-h-[min(26rem,60dvh)] scroll-py-1 overflow-y-auto p-1.5">
        <PaletteGroup heading="Pages">{pages.map(entry)}</PaletteGroup>
        <PaletteGroup heading="Actions">{acts.map(entry)}</PaletteGroup>
        <PaletteGroup heading="Tokens">
          {tokens.map(({ id, name, hint, status, tenantId, tenantName }) => (
            <PaletteItem
              key={id}
              id={id}
              icon={KeyRound}
              label={name}
              note={hint ?? undefined}
              hint={tenantId === place.tenantId ? undefined : tenantName}
              badge={statusOf(status)}
              onSelect={() => go(tokenPath(tenantId, id))}
            />
          ))}
        </PaletteGroup>
        <PaletteGroup heading="Tenants">
          {tenants.map(({ id, name, status }) => (
            <PaletteItem
              key={id}
              id={id}
              icon={Building2}
              label={name}
              badge={statusOf(status)}
              onSelect={() => go(`/t/${id}`)}
            />
          ))}
        </PaletteGroup>
      </Command.List>
      <p role="status" className={count > 0 ? "sr-only" : "px-4 pb-4 text-muted"}>
        {sayCount(count, looking)}
      </p>
      {found.isError && (
        <p role="alert" className="border-line border-t px-4 py-3 text-muted">
          Tokens and Tenants can't be searched right now. {found.error.message}
        </p>
      )}
    </Command>
  );
}

function sayCount(count: number, looking: boolean): string {
  if (looking) return "Looking…";
  if (count === 0) return "Nothing goes by that.";
  return count === 1 ? "1 result" : `${count} results`;
}

/** A value once it has not changed for a while. */
function useSettled<T>(value: T, wait: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return settled;
}
