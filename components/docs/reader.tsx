import Link from "next/link";
import { Mark } from "@/components/shell/mark";
import { PageHeader } from "@/components/ui/page-header";
import type { OpenApiDocument } from "./openapi-types";
import { Operation } from "./operation";

/** The API's document for people: every call, by group, with an index beside it. */
export function Reader({ document }: { document: OpenApiDocument }) {
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = groupByTag(calls);
  return (
    <div className="mx-auto grid max-w-300 gap-x-10 px-4 py-8 md:grid-cols-[15rem_minmax(0,1fr)] md:px-8">
      <header className="pb-6 md:col-span-2">
        <Link href="/" className="flex w-fit items-center gap-2 rounded-sm font-semibold">
          <Mark />
          ServiceBroker Access
        </Link>
      </header>
      <nav aria-label="Calls" className="hidden md:block">
        <div className="sticky top-8 grid max-h-[calc(100dvh-4rem)] gap-5 overflow-y-auto pr-2">
          {[...groups].map(([tag, members]) => (
            <section key={tag} className="grid gap-1">
              <h2 className="font-medium text-faint text-xs">{tag}</h2>
              <ul className="grid">
                {members.map(({ operation }) => (
                  <li key={operation.operationId}>
                    <a
                      href={`#${operation.operationId}`}
                      className="block rounded-sm px-2 py-1 text-muted text-sm hover:bg-hover hover:text-ink"
                    >
                      {operation.summary}
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </nav>
      <main className="min-w-0">
        <PageHeader
          title={document.info.title}
          description={
            <>
              {document.info.description} Version {document.info.version}. For machines:{" "}
              <a href="/openapi.json" className="text-accent-ink underline">
                openapi.json
              </a>
            </>
          }
        />
        <div className="grid gap-10">
          {[...groups].map(([tag, members]) => (
            <section key={tag} className="grid gap-6" aria-label={tag}>
              <h2 className="font-semibold text-md">{tag}</h2>
              {members.map(({ path, method, operation }) => (
                <Operation
                  key={operation.operationId}
                  path={path}
                  method={method}
                  operation={operation}
                  schemas={document.components.schemas}
                  server={document.servers[0]?.url ?? ""}
                />
              ))}
            </section>
          ))}
        </div>
      </main>
    </div>
  );
}

type CallEntry = { operation: { tags: string[] } };

function groupByTag<T extends CallEntry>(calls: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const call of calls) {
    const tag = call.operation.tags[0] ?? "Other";
    groups.set(tag, [...(groups.get(tag) ?? []), call]);
  }
  return groups;
}
