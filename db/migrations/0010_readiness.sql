-- Readiness asks which migrations have run: also by a login that owns nothing.
grant usage on schema drizzle to broker_platform;
--> statement-breakpoint
grant select on drizzle.__drizzle_migrations to broker_platform;
