/**
 * What an error boundary shows. It comes with every page, shown or not, so it brings no primitives
 * along: plain elements only.
 */
export function Failed({ reference, onRetry }: { reference?: string; onRetry: () => void }) {
  return (
    <div role="alert" className="grid justify-items-start gap-4">
      <div className="grid gap-1.5">
        <h1 className="font-semibold text-lg">This page could not be loaded</h1>
        <p className="text-muted">
          Something went wrong on the server, or its database can't be reached. Nothing was changed.
        </p>
        {reference && (
          <p className="text-muted text-sm">
            Reference <code className="select-all">{reference}</code>
          </p>
        )}
      </div>
      <button
        type="button"
        onClick={onRetry}
        className="h-8 rounded-md border border-edge bg-surface px-3 font-medium text-sm shadow-control hover:bg-hover active:bg-pressed pointer-coarse:h-10"
      >
        Try again
      </button>
    </div>
  );
}
