/** The product's mark. Decoration: its name stands beside it. */
export function Mark({ className = "size-5" }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className={className}>
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <g fill="none" strokeWidth="3" strokeLinecap="round" className="stroke-on-accent">
        <circle cx="11.5" cy="16" r="4.5" />
        <path d="M16 16h9.5M22 16v4.5" />
      </g>
    </svg>
  );
}
