CREATE TABLE "sign_in_attempts" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"resets_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "sign_in_attempts_resets_idx" ON "sign_in_attempts" USING btree ("resets_at");--> statement-breakpoint
grant select, insert, update, delete on sign_in_attempts to broker_platform;
--> statement-breakpoint
alter table sign_in_attempts enable row level security;
--> statement-breakpoint
create policy platform on sign_in_attempts to broker_platform using (true) with check (true);
