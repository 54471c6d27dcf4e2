export const dynamic = "force-dynamic";

/** What Next's router costs by itself. */
export const GET = () => Response.json({ Active: true });
