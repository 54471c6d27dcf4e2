CREATE TABLE "tenant_usage_days" (
	"tenant_id" uuid NOT NULL,
	"day" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "tenant_usage_days_tenant_id_day_outcome_pk" PRIMARY KEY("tenant_id","day","outcome")
);
--> statement-breakpoint
CREATE TABLE "tenant_usage_hours" (
	"tenant_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "tenant_usage_hours_tenant_id_hour_outcome_pk" PRIMARY KEY("tenant_id","hour","outcome")
);
--> statement-breakpoint
CREATE TABLE "usage_flushes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"flushed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_outbox" (
	"webhook_id" uuid NOT NULL,
	"sequence" bigint NOT NULL,
	"tenant_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"delivered_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_outbox_webhook_id_sequence_pk" PRIMARY KEY("webhook_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"url" text NOT NULL,
	"secret_ciphertext" "bytea" NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_delivered_at" timestamp (3) with time zone,
	"last_failed_at" timestamp (3) with time zone,
	"last_error" text,
	"lease_id" uuid,
	"leased_until" timestamp (3) with time zone
);
--> statement-breakpoint
DROP INDEX "refusals_tenant_idx";--> statement-breakpoint
DROP INDEX "refusals_credential_idx";--> statement-breakpoint
DROP INDEX "refusals_time_idx";--> statement-breakpoint
ALTER TABLE "webhook_outbox" ADD CONSTRAINT "webhook_outbox_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tenant_usage_days_day_idx" ON "tenant_usage_days" USING btree ("day");--> statement-breakpoint
CREATE INDEX "tenant_usage_hours_hour_idx" ON "tenant_usage_hours" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "usage_flushes_time_idx" ON "usage_flushes" USING btree ("flushed_at");--> statement-breakpoint
CREATE INDEX "webhook_outbox_waiting_idx" ON "webhook_outbox" USING btree ("webhook_id","sequence") WHERE "webhook_outbox"."delivered_at" is null;--> statement-breakpoint
CREATE INDEX "webhook_outbox_time_idx" ON "webhook_outbox" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "webhooks_tenant_idx" ON "webhooks" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "webhooks_due_idx" ON "webhooks" USING btree ("next_attempt_at") WHERE "webhooks"."active" and "webhooks"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "audit_events_time_idx" ON "audit_events" USING btree ("tenant_id","occurred_at","sequence");--> statement-breakpoint
CREATE INDEX "tenants_name_idx" ON "tenants" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "usage_days_day_idx" ON "usage_days" USING btree ("day");--> statement-breakpoint
CREATE INDEX "usage_hours_hour_idx" ON "usage_hours" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "usage_hours_knocking_idx" ON "usage_hours" USING btree ("tenant_id","hour") WHERE "usage_hours"."outcome" in ('revoked', 'overlap-ended');--> statement-breakpoint
CREATE INDEX "usage_sources_time_idx" ON "usage_sources" USING btree ("last_seen_at");--> statement-breakpoint
CREATE INDEX "refusals_tenant_idx" ON "refusals" USING btree ("tenant_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "refusals_credential_idx" ON "refusals" USING btree ("credential_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "refusals_time_idx" ON "refusals" USING btree ("occurred_at","id");