"use client";
import ErrorPage from "./error";
import "./globals.css";

/** The last resort: the root layout itself failed. */
export default function GlobalError(props: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <html lang="en">
      <title>Something went wrong</title>
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
