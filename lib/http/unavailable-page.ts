/**
 * The page that stands for every other while the database can't be reached: whole in itself, in the
 * look of the portal's plain pages.
 */
export const unavailablePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not available right now · ServiceBroker Access</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 30rem; margin: 16vh auto 0; padding: 0 1rem; }
h1 { font-size: 1.125rem; }
button { font: inherit; padding: 0.25rem 0.75rem; }
</style>
</head>
<body>
<main>
<h1>Not available right now</h1>
<p>The database can't be reached. Nothing was changed. Try again in a moment.</p>
<form><button type="submit">Try again</button></form>
</main>
</body>
</html>
`;
