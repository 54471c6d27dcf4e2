CREATE TABLE "idempotent_calls" (
	"tenant_id" uuid NOT NULL,
	"key_hash" "bytea" NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"answer" "bytea",
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotent_calls_tenant_id_key_hash_pk" PRIMARY KEY("tenant_id","key_hash"),
	CONSTRAINT "idempotent_calls_key_length" CHECK (octet_length("idempotent_calls"."key_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "rate_windows" (
	"tenant_id" uuid NOT NULL,
	"action" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "rate_windows_tenant_id_action_pk" PRIMARY KEY("tenant_id","action")
);
--> statement-breakpoint
ALTER TABLE "idempotent_calls" ADD CONSTRAINT "idempotent_calls_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rate_windows" ADD CONSTRAINT "rate_windows_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idempotent_calls_created_idx" ON "idempotent_calls" USING btree ("created_at");--> statement-breakpoint
grant select, insert, update on rate_windows to broker_tenant, broker_platform;
--> statement-breakpoint
grant select, insert, update, delete on idempotent_calls to broker_tenant, broker_platform;
--> statement-breakpoint
do $$
declare
  t text;
begin
  foreach t in array array['rate_windows', 'idempotent_calls'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy platform on %I to broker_platform using (true) with check (true)', t);
    execute format('create policy tenant on %I to broker_tenant using (tenant_id = (select broker_current_tenant())) with check (tenant_id = (select broker_current_tenant()))', t);
  end loop;
end $$;
